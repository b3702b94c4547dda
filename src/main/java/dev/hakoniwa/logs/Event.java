package dev.hakoniwa.logs;

/// One line of a stream.
///
/// @param place where it stands among all events
/// @param bytes how many its message has in UTF-8
record Event(Place place, long ingestedAt, String message, int bytes) {
    /// What CloudWatch adds to each message when it counts bytes.
    static final int OVERHEAD = 26;

    Event(Place place, long ingestedAt, String message) {
        this(place, ingestedAt, message, utf8Length(message));
    }

    long timestamp() {
        return place.timestamp();
    }

    int countedBytes() {
        return bytes + OVERHEAD;
    }

    static int utf8Length(String text) {
        var length = 0;
        for (var i = 0; i < text.length(); i++) {
            length += utf8Length(text.charAt(i));
        }
        return length;
    }

    /// How many bytes the character adds; each half of a surrogate pair adds half of the pair's four.
    static int utf8Length(char character) {
        if (character < 0x80) {
            return 1;
        }
        return character < 0x800 || Character.isSurrogate(character) ? 2 : 3;
    }
}

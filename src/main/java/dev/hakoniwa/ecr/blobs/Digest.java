package dev.hakoniwa.ecr.blobs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// What names content: `sha256:` and 64 hexadecimal digits.
public record Digest(String hex) implements Comparable<Digest> {
    private static final String ALGORITHM = "sha256:";
    private static final Pattern FORM = Pattern.compile("[a-f0-9]{64}");

    public Digest {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a SHA-256 digest: " + hex);
        }
    }

    /// The digest that `text` spells; empty if it is none, or of another algorithm.
    public static Optional<Digest> parse(String text) {
        if (!text.startsWith(ALGORITHM)) {
            return Optional.empty();
        }
        var hex = text.substring(ALGORITHM.length());
        return FORM.matcher(hex).matches() ? Optional.of(new Digest(hex)) : Optional.empty();
    }

    public static Digest of(byte[] content) {
        return new Digest(HexFormat.of().formatHex(algorithm().digest(content)));
    }

    /// The digest of all that `algorithm` has seen so far, which may then see more.
    static Digest soFar(MessageDigest algorithm) {
        try {
            var copy = (MessageDigest) algorithm.clone();
            return new Digest(HexFormat.of().formatHex(copy.digest()));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 can't be copied", e);
        }
    }

    static MessageDigest algorithm() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return ALGORITHM + hex;
    }
}

package dev.hakoniwa.ecs.placement;

/// Text that can be read only so often: a regular expression that tries very many ways, which can take years, comes to
/// an end.
final class Patience implements CharSequence {
    private static final int READS = 100_000;

    private final String text;
    private int left = READS;

    Patience(String text) {
        this.text = text;
    }

    /// There is no patience left.
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Lost() {
            super("a regular expression tries too many ways", null, false, false);
        }
    }

    @Override
    public char charAt(int index) {
        left--;
        if (left < 0) {
            throw new Lost();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}

package dev.hakoniwa.ecs;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A regular expression of a user's. One that tries very many ways, which can take years or more stack than there is,
/// comes to an end; it matches nothing then.
public final class PatientPattern {
    private final Pattern pattern;
    private final int reads;

    /// @param reads how often a character of the text may be looked at
    public PatientPattern(Pattern pattern, int reads) {
        this.pattern = pattern;
        this.reads = reads;
    }

    /// Whether the whole text is as the pattern says.
    public boolean matches(String text) {
        return test(text, patient -> pattern.matcher(patient).matches());
    }

    /// Whether any part of the text is as the pattern says.
    public boolean finds(String text) {
        return test(text, patient -> pattern.matcher(patient).find());
    }

    private boolean test(String text, Predicate<CharSequence> test) {
        try {
            return test.test(new Patient(text, reads));
        } catch (Lost | StackOverflowError _) {
            return false;
        }
    }

    /// There is no patience left.
    private static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Lost() {
            super("a regular expression tries too many ways", null, false, false);
        }
    }

    /// Text that can be read only so often.
    private static final class Patient implements CharSequence {
        private final String text;
        private int left;

        private Patient(String text, int reads) {
            this.text = text;
            this.left = reads;
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
}

package dev.hakoniwa.secrets.manager;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/// What is secret about a version: text or bytes. It tells neither when it is printed.
record Content(@Nullable String text, @Nullable SdkBytes bytes) {
    private static final int LONGEST = 65_536;

    /// What a request sends, which must be one of the two.
    static Content required(@Nullable String text, @Nullable SdkBytes bytes) {
        var content = optional(text, bytes);
        if (content == null) {
            throw Errors.noValue();
        }
        return content;
    }

    /// What a request sends; null if it sends neither.
    static @Nullable Content optional(@Nullable String text, @Nullable SdkBytes bytes) {
        if (text != null && bytes != null) {
            throw Errors.bothValues();
        }
        if (text == null && bytes == null) {
            return null;
        }
        if (length(text, bytes) > LONGEST) {
            throw Errors.validation(("1 validation error detected: Value at '%s' failed to satisfy constraint: Member"
                            + " must have length less than or equal to %d")
                    .formatted(text == null ? "secretBinary" : "secretString", LONGEST));
        }
        return new Content(text, bytes);
    }

    private static int length(@Nullable String text, @Nullable SdkBytes bytes) {
        var ofText = text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
        return bytes == null ? ofText : bytes.asByteArrayUnsafe().length;
    }

    @Override
    public String toString() {
        return "***";
    }
}

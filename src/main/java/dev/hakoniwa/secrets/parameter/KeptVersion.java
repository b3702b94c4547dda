package dev.hakoniwa.secrets.parameter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/// A version of a parameter. Its value is not told when it is printed.
///
/// @param user the ARN of who put it
record KeptVersion(long number, String value, About about, Set<String> labels, Instant modifiedAt, String user) {
    private static final String BEGINNING = "AQICAH";

    KeptVersion {
        labels = Collections.unmodifiableSet(new TreeSet<>(labels));
    }

    /// What is said of a version besides its value.
    ///
    /// @param policies as they were put, in JSON
    record About(
            ParameterType type,
            @Nullable String keyId,
            @Nullable String description,
            @Nullable String allowedPattern,
            ParameterTier tier,
            @Nullable String policies,
            String dataType) {}

    boolean isSecure() {
        return about.type() == ParameterType.SECURE_STRING;
    }

    /// The value for a reader; one who doesn't ask for decryption gets what looks encrypted, and tells nothing.
    String readable(boolean decrypted) {
        return decrypted || !isSecure() ? value : BEGINNING + digest(number + ":" + modifiedAt + ":" + value);
    }

    KeptVersion with(String label) {
        var more = new TreeSet<>(labels);
        more.add(label);
        return new KeptVersion(number, value, about, more, modifiedAt, user);
    }

    KeptVersion without(String label) {
        var fewer = new TreeSet<>(labels);
        fewer.remove(label);
        return new KeptVersion(number, value, about, fewer, modifiedAt, user);
    }

    private static String digest(String text) {
        try {
            var bytes = MessageDigest.getInstance("SHA-512").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "version " + number;
    }
}

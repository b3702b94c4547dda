package dev.hakoniwa.ecr;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Passwords of the registry and signatures of its download addresses. Each carries what it is good for and a code that
/// only this process can make, so none has to be kept.
public final class Tokens {
    static final Duration LIFE = Duration.ofHours(12);
    static final Duration DOWNLOAD_LIFE = Duration.ofHours(1);
    private static final String ALGORITHM = "HmacSHA256";

    private final InstantSource clock;
    private final SecretKeySpec key;

    Tokens(InstantSource clock) {
        this.clock = clock;
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /// A password for the registry.
    record Token(String password, Instant expiresAt) {
        /// As Docker and the API take it: user name and password in Base64.
        String basic() {
            return Base64.getEncoder().encodeToString(("AWS:" + password).getBytes(StandardCharsets.UTF_8));
        }
    }

    /// What a password is worth.
    public sealed interface Worth {
        /// It lets in, and names the registry that is meant where no name says another.
        record Valid(Scope registry) implements Worth {}

        record Expired() implements Worth {}

        record Invalid() implements Worth {}
    }

    Token issue(Scope registry) {
        var expiresAt = Instant.ofEpochMilli(clock.instant().plus(LIFE).toEpochMilli());
        var claim = "%s/%s/%d".formatted(registry.account(), registry.region(), expiresAt.toEpochMilli());
        return new Token(encode(claim + "/" + code("token/" + claim)), expiresAt);
    }

    public Worth check(String password) {
        var parts = decode(password).orElse("").split("/", -1);
        if (parts.length != 4 || !matches("token/" + String.join("/", parts[0], parts[1], parts[2]), parts[3])) {
            return new Worth.Invalid();
        }
        if (hasPassed(Instant.ofEpochMilli(Long.parseLong(parts[2])))) {
            return new Worth.Expired();
        }
        return new Worth.Valid(new Scope(new AccountId(parts[0]), new Region(parts[1])));
    }

    /// What makes an address good without a password, for an hour.
    public String signature(String path, Instant expiresAt) {
        return code("download/" + expiresAt.getEpochSecond() + path);
    }

    public Instant downloadExpiry() {
        return Instant.ofEpochSecond(clock.instant().plus(DOWNLOAD_LIFE).getEpochSecond());
    }

    /// Whether an address was signed by [#signature], and not too long ago.
    public boolean isSigned(String path, String expires, String signature) {
        if (!expires.matches("\\d{1,12}")) {
            return false;
        }
        var expiresAt = Instant.ofEpochSecond(Long.parseLong(expires));
        return !hasPassed(expiresAt) && matches("download/" + expires + path, signature);
    }

    private boolean hasPassed(Instant instant) {
        return !clock.instant().isBefore(instant);
    }

    private boolean matches(String claim, String code) {
        return MessageDigest.isEqual(
                code(claim).getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
    }

    private String code(String claim) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(claim.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> decode(String text) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

package dev.hakoniwa.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.io.IOException;
import java.util.regex.Pattern;

/// Makes the one exception of the ports out of whatever goes wrong on the way to the daemon or in it.
final class Failures {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Texts that come with 403 or 500 though they tell of a conflict.
    private static final Pattern TAKEN =
            Pattern.compile("port is already allocated|(?i:address already in use)|overlaps with other|overlapping IPv4"
                    + "|has active endpoints");

    /// How registries refuse, in the daemon's words.
    private static final Pattern DENIED =
            Pattern.compile("no basic auth credentials|unauthorized|authentication required|access denied|denied: "
                    + "|authorization token has expired|incorrect username or password|403 Forbidden");

    private static final Pattern MISSING = Pattern.compile("manifest unknown|name unknown");

    private final String address;

    Failures(String address) {
        this.address = address;
    }

    EngineException of(Exception e) {
        return switch (e) {
            case EngineException known -> known;
            case DockerException refusal -> refusal(refusal.getHttpStatus(), body(refusal));
            case IOException _ -> unavailable(e);
            default -> {
                if (e.getCause() instanceof IOException cause) {
                    yield unavailable(cause);
                }
                yield new EngineException(Kind.REFUSED, reason(e), e);
            }
        };
    }

    /// What the daemon says in an answer that is no success.
    static EngineException refusal(int status, String body) {
        var text = message(body);
        return new EngineException(kind(status, text), text);
    }

    /// The same failure of a pull, which a registry's refusal may have caused.
    static EngineException ofRegistry(EngineException failure) {
        if (DENIED.matcher(failure.text()).find()) {
            return new EngineException(Kind.UNAUTHORIZED, failure.text(), failure);
        }
        if (MISSING.matcher(failure.text()).find()) {
            return new EngineException(Kind.NOT_FOUND, failure.text(), failure);
        }
        return failure;
    }

    /// docker-java puts `Status 409: ` before it.
    private static String body(DockerException refusal) {
        var message = String.valueOf(refusal.getMessage());
        var prefix = "Status " + refusal.getHttpStatus() + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }

    private static Kind kind(int status, String text) {
        if (TAKEN.matcher(text).find()) {
            return Kind.CONFLICT;
        }
        return switch (status) {
            case 401 -> Kind.UNAUTHORIZED;
            case 404 -> Kind.NOT_FOUND;
            case 409 -> Kind.CONFLICT;
            default -> Kind.REFUSED;
        };
    }

    private static String message(String body) {
        try {
            var message = JSON.readTree(body).path("message");
            return message.isTextual() ? message.textValue() : body.strip();
        } catch (JsonProcessingException _) {
            return body.strip();
        }
    }

    private EngineException unavailable(Exception e) {
        var reason = reason(e);
        var usual = reason.contains("Connection refused") || reason.contains("No such file or directory");
        return new EngineException(
                Kind.UNAVAILABLE,
                "Cannot connect to the Docker daemon at " + address + (usual ? "" : " (" + reason + ")")
                        + ". Is the docker daemon running?",
                e);
    }

    /// The innermost message, on one line.
    private static String reason(Throwable e) {
        var innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        var message = innermost.getMessage();
        return message == null
                ? innermost.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}

package dev.hakoniwa.runtime;

/// A refusal or failure of the engine. The message is the engine's own text, as `docker` would print it behind
/// `Error response from daemon: `.
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What kind of failure it is.
    public enum Kind {
        /// The container, image, network or volume does not exist.
        NOT_FOUND,
        /// A name or an address range is taken, or the thing is in use.
        CONFLICT,
        /// The registry refused the credentials, or wants some.
        UNAUTHORIZED,
        /// The engine does not answer.
        UNAVAILABLE,
        /// Anything else the engine refuses.
        REFUSED
    }

    private final Kind kind;

    public EngineException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public EngineException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}

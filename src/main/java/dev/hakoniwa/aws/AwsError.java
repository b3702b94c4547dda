package dev.hakoniwa.aws;

import java.util.Map;

/// An error as AWS words it. It is thrown by name from a service's `Errors`, and written by the router in the caller's
/// protocol.
public final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final int status;
    private final transient Map<String, Object> members;

    private AwsError(String code, int status, String message, Map<String, Object> members) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
        this.members = members;
    }

    /// The caller's fault, HTTP 400.
    public static AwsError client(String code, String message) {
        return new AwsError(code, 400, message, Map.of());
    }

    /// An error with a status of its own.
    public static AwsError of(String code, int status, String message) {
        return new AwsError(code, status, message, Map.of());
    }

    /// The same error with a further modelled member, such as `resourceIds`: a string, number, boolean or a list
    /// of them.
    public AwsError with(String member, Object value) {
        var more = new java.util.LinkedHashMap<>(members);
        more.put(member, value);
        return new AwsError(code, status, message(), Map.copyOf(more));
    }

    /// The error's code, without namespace: `ClusterNotFoundException`, `TargetGroupNotFound`.
    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public Map<String, Object> members() {
        return members;
    }
}

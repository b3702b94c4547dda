package dev.hakoniwa.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/// An error as AWS words it. It is thrown by name from a service's `Errors`, and written by the router in the caller's
/// protocol.
public final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final String queryCode;
    private final int status;
    private final transient Map<String, Object> members;

    private AwsError(String code, String queryCode, int status, String message, Map<String, Object> members) {
        super(message, null, false, false);
        this.code = code;
        this.queryCode = queryCode;
        this.status = status;
        this.members = members;
    }

    /// The caller's fault, HTTP 400.
    public static AwsError client(String code, String message) {
        return of(code, 400, message);
    }

    /// An error with a status of its own.
    public static AwsError of(String code, int status, String message) {
        return new AwsError(code, code, status, message, Map.of());
    }

    /// The same error with a further modelled member, such as `resourceIds`: a string, number, boolean or a list
    /// of them.
    public AwsError with(String member, Object value) {
        var more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new AwsError(code, queryCode, status, message(), Map.copyOf(more));
    }

    /// The same error with another code where awsQuery is spoken: CloudWatch's `ResourceNotFoundException` is
    /// `ResourceNotFound` there.
    public AwsError inQuery(String otherCode) {
        return new AwsError(code, otherCode, status, message(), members);
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

    /// The error's code in awsQuery and ec2Query.
    public String queryCode() {
        return queryCode;
    }

    /// Whose fault it is, in the words of awsQuery.
    String type() {
        return status < 500 ? "Sender" : "Receiver";
    }

    /// The `x-amzn-query-error` header's value.
    String inQueryHeader() {
        return queryCode + ";" + type();
    }
}

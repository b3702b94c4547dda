package dev.hakoniwa.aws;

import dev.hakoniwa.aws.shapes.Shapes;

/// One request on its way to its operation.
///
/// @param service the service that is called; one without protocols if nobody here is that service
/// @param body the request's body, decompressed
/// @param operation the operation's name as it was sent
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
record Exchange(WireRequest request, byte[] body, Service service, String operation, String requestId, Shapes shapes) {
    /// The same request, for an operation of a service.
    Exchange to(Service other, String name) {
        return new Exchange(request, body, other, name, requestId, shapes);
    }

    /// The operation with its service, for messages.
    String name() {
        return service.name().isEmpty() ? operation : service.name() + "." + operation;
    }

    /// Whether errors must also say the code they have in awsQuery, which the service once spoke alone.
    boolean wantsQueryErrors() {
        return service.speaks(Protocol.AWS_QUERY)
                && request.header("x-amzn-query-mode")
                        .filter("true"::equalsIgnoreCase)
                        .isPresent();
    }
}

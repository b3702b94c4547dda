package dev.hakoniwa.aws;

import dev.hakoniwa.aws.shapes.Shapes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the operation that a request is for, by aws-protocols.md §2.
final class Routes {

    private final Map<String, Hosted> byTarget = new HashMap<>();
    private final Shapes shapes;

    Routes(Iterable<Hosted> all, Shapes shapes) {
        this.shapes = shapes;
        for (var hosted : all) {
            var service = hosted.service();
            if (!service.target().isEmpty()) {
                byTarget.put(service.target(), hosted);
            }
        }
    }

    /// Where a request goes.
    ///
    /// @param hosted who answers; nobody if the service isn't one of ours
    record Route(
            Exchange exchange, Dialect dialect, @Nullable Hosted hosted) {
        Optional<Operation<?, ?>> operation() {
            return Optional.ofNullable(hosted).flatMap(h -> h.operations().find(exchange.operation()));
        }
    }

    /// The request's route; none if it is no request of any AWS protocol.
    Optional<Route> find(WireRequest request, byte[] body, String requestId) {
        return request.header("x-amz-target").map(target -> {
            var dot = target.lastIndexOf('.');
            var hosted = byTarget.get(target.substring(0, Math.max(0, dot)));
            var service =
                    hosted == null ? Service.json(target.substring(0, Math.max(0, dot)), "", "") : hosted.service();
            var exchange = new Exchange(request, body, service, target.substring(dot + 1), requestId, shapes);
            return new Route(exchange, new JsonDialect(exchange), hosted);
        });
    }
}

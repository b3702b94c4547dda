package dev.hakoniwa.aws;

import dev.hakoniwa.aws.shapes.Malformed;
import dev.hakoniwa.aws.shapes.Shapes;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Tables;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/// Answers every AWS request: finds its operation, reads it, runs it as one step of the state's writer, and writes what
/// comes of it. It knows nothing of HTTP stacks.
public final class Router {
    private static final System.Logger LOG = System.getLogger(Router.class.getName());

    private final List<Hosted> services;
    private final Routes routes;
    private final Tables tables;
    private final Callers callers;
    private final Ids ids;
    private final InstantSource clock;

    /// @param services every service, and what builds its table of operations when it is first called
    /// @param clock the time of the answers' `Date`
    public Router(
            Map<Service, Supplier<Operations>> services, Tables tables, Callers callers, Ids ids, InstantSource clock) {
        this.services = services.entrySet().stream()
                .map(entry -> new Hosted(entry.getKey(), entry.getValue()))
                .toList();
        this.routes = new Routes(this.services, new Shapes());
        this.tables = tables;
        this.callers = callers;
        this.ids = ids;
        this.clock = clock;
    }

    public WireResponse answer(WireRequest request) {
        var requestId = ids.uuid();
        return answer(request, requestId)
                .with("x-amzn-RequestId", requestId)
                .with(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                clock.instant().atOffset(ZoneOffset.UTC)));
    }

    /// Every service by its signing name, with the names of the operations it answers.
    public SequencedMap<String, List<String>> coverage() {
        var coverage = new TreeMap<String, List<String>>();
        for (var hosted : services) {
            var names = hosted.operations().names().stream().sorted().toList();
            coverage.put(hosted.service().name(), names);
        }
        return coverage;
    }

    private WireResponse answer(WireRequest request, String requestId) {
        var route = routes.find(request, request.body(), requestId);
        return route.map(this::answer).orElseGet(() -> WireResponse.of(404, "text/plain", ""));
    }

    private WireResponse answer(Routes.Route route) {
        var dialect = route.dialect();
        var exchange = route.exchange();
        try {
            var operation = route.operation();
            if (operation.isEmpty()) {
                return dialect.error(unknown(route));
            }
            return dialect.answer(run(operation.get(), route));
        } catch (AwsError error) {
            return dialect.error(error);
        } catch (Malformed malformed) {
            return dialect.error(AwsError.client(dialect.faults().malformed(), malformed.message()));
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "the operation " + exchange.name() + " failed", failure);
            return dialect.error(AwsError.of(dialect.faults().internal(), 500, "Hakoniwa failed; its log says why."));
        }
    }

    private <B extends SdkPojo, I> SdkPojo run(Operation<B, I> operation, Routes.Route route) {
        var builder = operation.builder().get();
        route.dialect().read(builder);
        var request = operation.build().apply(builder);
        var call = callers.call(route.exchange().request(), route.exchange().requestId());
        return tables.write(() -> operation.answer().apply(call, request));
    }

    private static AwsError unknown(Routes.Route route) {
        var message = "The operation %s is not available in Hakoniwa."
                .formatted(route.exchange().name());
        return AwsError.client(route.dialect().faults().unknownOperation(), message);
    }
}

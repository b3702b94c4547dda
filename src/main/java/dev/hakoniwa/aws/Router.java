package dev.hakoniwa.aws;

import dev.hakoniwa.aws.shapes.Malformed;
import dev.hakoniwa.aws.shapes.Shapes;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Tables;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/// Answers every AWS request: finds its operation, reads it, runs it as one step of the state's writer, and writes what
/// comes of it. It knows nothing of HTTP stacks.
public final class Router {
    private static final System.Logger LOG = System.getLogger(Router.class.getName());

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final List<Hosted> services;
    private final Routes routes;
    private final Tables tables;
    private final Callers callers;
    private final Ids ids;
    private final InstantSource clock;
    private volatile Dated latest = Dated.of(0);

    /// A second, and how `Date` spells it.
    private record Dated(long second, String text) {
        static Dated of(long second) {
            return new Dated(second, DATE.format(Instant.ofEpochSecond(second)));
        }
    }

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
        var response = respond(request, requestId).with(Map.of("x-amzn-RequestId", requestId, "Date", date()));
        return request.header("origin").isPresent() && !Cors.isForeign(request)
                ? Cors.allow(request, response)
                : response;
    }

    /// Whether what answers the request blocks, and so must not run on an event loop.
    public boolean blocks(WireRequest request) {
        return routes.target(request).filter(operation -> !operation.isStep()).isPresent();
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

    private WireResponse respond(WireRequest request, String requestId) {
        var route = routes.find(request, requestId);
        if (Cors.isForeign(request)) {
            return route.dialect()
                    .error(AwsError.of("AccessDeniedException", 403, "Pages of other origins may not call."));
        }
        if (request.method().equals("OPTIONS")) {
            return Cors.preflight(request);
        }
        var rest = routes.rest(request);
        if (rest.isPresent()) {
            return respond(rest.get(), route);
        }
        var refusal = route.refusal();
        return refusal == null ? respond(route) : route.dialect().error(refusal);
    }

    private WireResponse respond(Hosted hosted, Routes.Route route) {
        var exchange = route.exchange();
        try {
            return hosted.operations()
                    .answer(callers.call(exchange.request(), exchange.requestId()), exchange.request());
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "a request to " + hosted.service().name() + " failed", failure);
            return route.dialect().error(route.dialect().failure("Hakoniwa failed at this request; its log says why."));
        }
    }

    private WireResponse respond(Routes.Route route) {
        var dialect = route.dialect();
        try {
            var operation = route.operation();
            return operation.isPresent() ? dialect.answer(run(operation.get(), route)) : dialect.error(unknown(route));
        } catch (AwsError error) {
            return dialect.error(error);
        } catch (Malformed malformed) {
            return dialect.error(dialect.malformed(malformed));
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "the operation " + route.exchange().name() + " failed", failure);
            return dialect.error(dialect.failure("Hakoniwa failed at this request; its log says why."));
        }
    }

    private <B extends SdkPojo, I> SdkPojo run(Operation<B, I> operation, Routes.Route route) {
        var builder = operation.builder().get();
        route.dialect().read(builder);
        var request = operation.build().apply(builder);
        var call = callers.call(route.exchange().request(), route.exchange().requestId());
        return operation.isStep()
                ? tables.write(() -> operation.answer().apply(call, request))
                : operation.answer().apply(call, request);
    }

    /// Spelled once a second, as that costs more than many an operation.
    private String date() {
        var second = clock.instant().getEpochSecond();
        var dated = latest;
        if (dated.second() != second) {
            dated = Dated.of(second);
            latest = dated;
        }
        return dated.text();
    }

    private static AwsError unknown(Routes.Route route) {
        var name = route.exchange().name();
        return route.dialect().unknownOperation("The operation " + name + " is not available in Hakoniwa.");
    }
}

package dev.hakoniwa.aws;

import dev.hakoniwa.aws.shapes.Form;
import dev.hakoniwa.aws.shapes.Malformed;
import dev.hakoniwa.aws.shapes.Shapes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the operation that a request is for, by aws-protocols.md §2.
final class Routes {
    private static final String CBOR_PART = "/operation/";
    private static final Pattern CBOR_PATH = Pattern.compile("/(?:.*/)?service/([^/]+)/operation/([^/]+)/?");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String TARGET = "x-amz-target";
    private static final int LONGEST_NAME = 128;

    private final Map<String, Hosted> byTarget = new HashMap<>();
    private final Map<String, Hosted> byVersion = new HashMap<>();
    private final Map<String, Hosted> byName = new HashMap<>();
    private final Map<String, Hosted> byPath = new HashMap<>();
    private final Shapes shapes;

    Routes(List<Hosted> all, Shapes shapes) {
        this.shapes = shapes;
        for (var hosted : all) {
            var service = hosted.service();
            if (!service.target().isEmpty()) {
                byTarget.put(service.target(), hosted);
            }
            if (service.speaks(Protocol.AWS_QUERY) || service.speaks(Protocol.EC2_QUERY)) {
                byVersion.put(service.version(), hosted);
                byName.put(service.name(), hosted);
            }
            if (service.speaks(Protocol.REST_XML)) {
                byPath.put(service.name(), hosted);
            }
        }
    }

    /// Where a request goes.
    ///
    /// @param hosted who answers; nobody if the service isn't one of ours
    /// @param refusal why the request can't go there
    record Route(
            Exchange exchange,
            Dialect dialect,
            @Nullable Hosted hosted,
            @Nullable AwsError refusal) {
        Route refused(@Nullable AwsError why) {
            return why == null ? this : new Route(exchange, dialect, hosted, why);
        }

        Optional<Operation<?, ?>> operation() {
            return Optional.ofNullable(hosted).flatMap(h -> h.operations().find(exchange.operation()));
        }
    }

    Route find(WireRequest request, String requestId) {
        var body = Body.of(request);
        var bare = new Exchange(request, body.bytes(), Service.unknown(""), "", requestId, shapes);
        if (request.path().contains(CBOR_PART)) {
            var path = CBOR_PATH.matcher(request.path());
            if (path.matches()) {
                return cbor(bare, path.group(1), path.group(2)).refused(body.refusal());
            }
        }
        if (request.header(CborDialect.HEADER).filter(CborDialect.NAME::equals).isPresent()) {
            return nowhere(new CborDialect(bare), bare);
        }
        var target = request.header(TARGET);
        if (target.isPresent()) {
            return json(bare, target.get()).refused(body.refusal());
        }
        if (request.query().contains("Action=") || request.hasContentType(FORM)) {
            return form(bare).refused(body.refusal());
        }
        var xml = request.header("accept").orElse("").contains("xml") || request.hasContentType("text/xml");
        return nowhere(xml ? new QueryDialect(bare, Form.empty()) : new JsonDialect(bare), bare);
    }

    /// The service whose requests are told apart by their addresses, if the signature or the host says that the request
    /// is for one.
    Optional<Hosted> rest(WireRequest request) {
        if (request.header(TARGET).isPresent()) {
            return Optional.empty();
        }
        return Signature.of(request)
                .map(signature -> byPath.get(signature.service()))
                .or(() -> Stream.of(request.header("host").orElse("").split("[.:]", -1))
                        .map(byPath::get)
                        .filter(Objects::nonNull)
                        .findFirst());
    }

    /// The operation that `X-Amz-Target` names, found without a look at the body.
    Optional<Operation<?, ?>> target(WireRequest request) {
        var target = request.header(TARGET).orElse("");
        var dot = Math.max(0, target.lastIndexOf('.'));
        return Optional.ofNullable(byTarget.get(target.substring(0, dot)))
                .flatMap(hosted -> hosted.operations().find(target.substring(Math.min(target.length(), dot + 1))));
    }

    private Route cbor(Exchange bare, String serviceName, String operation) {
        var target = serviceName.substring(serviceName.lastIndexOf('.') + 1);
        var hosted = Optional.ofNullable(byTarget.get(target))
                .filter(h -> h.service().speaks(Protocol.RPC_V2_CBOR))
                .orElse(null);
        var exchange = to(bare, hosted, target, operation);
        var route = new Route(exchange, new CborDialect(exchange), hosted, null);
        var alsoJson = bare.request().header(TARGET).isPresent();
        return alsoJson
                ? route.refused(
                        AwsError.client("SerializationException", "X-Amz-Target is not allowed in rpc-v2-cbor."))
                : route;
    }

    private Route json(Exchange bare, String target) {
        var dot = target.lastIndexOf('.');
        var prefix = target.substring(0, Math.max(0, dot));
        var hosted = byTarget.get(prefix);
        var exchange = to(bare, hosted, prefix, target.substring(dot + 1));
        return new Route(exchange, new JsonDialect(exchange), hosted, null);
    }

    private Route form(Exchange bare) {
        var form = Form.empty();
        AwsError refusal = null;
        try {
            var request = bare.request();
            form = Form.parse(request.query(), request.hasContentType(FORM) ? bare.body() : new byte[0]);
        } catch (Malformed malformed) {
            refusal = AwsError.client("MalformedQueryString", malformed.message());
        }
        var action = form.value("Action").filter(a -> !a.isEmpty());
        if (refusal == null && action.isEmpty()) {
            refusal = AwsError.client("MissingAction", "The request is missing an action or a required parameter.");
        }
        var scope = Signature.of(bare.request()).map(Signature::service).orElse("");
        var hosted = byForm(form, scope, bare.request());
        var otherVersion =
                byName.containsKey(scope) ? "-" + form.value("Version").orElse("") : "";
        var exchange = to(bare, hosted, scope + otherVersion, action.orElse(""));
        var ec2 = exchange.service().speaks(Protocol.EC2_QUERY) || (hosted == null && scope.equals("ec2"));
        var dialect = ec2 ? new Ec2Dialect(exchange, form) : new QueryDialect(exchange, form);
        return new Route(exchange, dialect, hosted, refusal);
    }

    /// By version; where none is sent, by the signature's scope or else the host. EC2 takes its older versions too.
    private @Nullable Hosted byForm(Form form, String scope, WireRequest request) {
        var version = form.value("Version").orElse("");
        var hosted = byVersion.get(version.endsWith("/") ? version.substring(0, version.length() - 1) : version);
        if (hosted != null) {
            return hosted;
        }
        if (version.isEmpty() || scope.equals("ec2")) {
            return scope.isEmpty() ? byHost(request) : byName.get(scope);
        }
        return null;
    }

    private @Nullable Hosted byHost(WireRequest request) {
        for (var label : request.header("host").orElse("").split("\\.", -1)) {
            var hosted = byName.get(label);
            if (hosted != null) {
                return hosted;
            }
        }
        return null;
    }

    private static Route nowhere(Dialect dialect, Exchange bare) {
        var message = "This is no request of any AWS protocol: it has neither X-Amz-Target nor Action.";
        return new Route(bare, dialect, null, AwsError.of("UnknownOperationException", 404, message));
    }

    private static Exchange to(Exchange bare, @Nullable Hosted hosted, String name, String operation) {
        return bare.to(hosted == null ? Service.unknown(cut(name)) : hosted.service(), cut(operation));
    }

    private static String cut(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}

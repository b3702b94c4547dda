package dev.hakoniwa.aws;

import dev.hakoniwa.aws.Generated.Limits;
import dev.hakoniwa.aws.SdkModule.SdkOperation;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.builder.Buildable;

/// A module's client with a router behind it that takes every operation, keeps what it got and answers what it is told.
final class Mirror {
    /// The SDK cuts the timestamps of these requests to whole seconds before it sends them.
    private static final Set<String> CUT_TO_SECONDS = Set.of("DescribeSpotFleetRequestHistory", "RequestSpotFleet");

    private final SdkModule module;
    private final Protocol protocol;
    private final Object client;
    private @Nullable SdkPojo received;
    private @Nullable SdkPojo answer;

    private Mirror(SdkModule module, Service service, Protocol protocol) {
        this.module = module;
        this.protocol = protocol;
        var operations = Operations.of(service);
        module.operations().forEach(operation -> add(operations, operation));
        var router = new Router(
                Map.of(service, () -> operations),
                new Tables(),
                Callers.of(new Scope(new AccountId("000000000000"), new Region("us-east-1"))),
                Ids.random(),
                InstantSource.fixed(Instant.EPOCH));
        client = module.connect(new InMemoryHttpClient(router::answer));
    }

    /// Learns from a first request what the module's client speaks.
    static Mirror of(SdkModule module) {
        var seen = new AtomicReference<WireRequest>();
        var probe = module.connect(new InMemoryHttpClient(request -> {
            seen.set(request);
            return new WireResponse(400, Map.of(), new byte[0]);
        }));
        var operation = module.operations().getFirst();
        try {
            operation.call(probe, (SdkPojo) ((Buildable) operation.requestBuilder()).build());
        } catch (SdkException _) {
            return of(module, seen.get());
        }
        throw new IllegalStateException("an empty answer was taken for one");
    }

    private static Mirror of(SdkModule module, WireRequest request) {
        var target = request.header("x-amz-target").orElse("");
        if (!target.isEmpty()) {
            var service = Service.json(module.name(), target.substring(0, target.lastIndexOf('.')), "");
            return new Mirror(module, service, Protocol.AWS_JSON_1_1);
        }
        if (request.path().startsWith("/service/")) {
            var service =
                    Service.queryCompatible(module.name(), request.path().split("/", -1)[2], "", "", "com.amazonaws");
            return new Mirror(module, service, Protocol.RPC_V2_CBOR);
        }
        var body = new String(request.body(), StandardCharsets.UTF_8);
        var version = body.replaceAll("(?s).*Version=([0-9-]+).*", "$1");
        return module.name().equals("ec2")
                ? new Mirror(module, Service.ec2Query("ec2", version, "urn:mirror"), Protocol.EC2_QUERY)
                : new Mirror(module, Service.query(module.name(), version, "urn:mirror"), Protocol.AWS_QUERY);
    }

    Protocol protocol() {
        return protocol;
    }

    /// What didn't come through as it was sent, in words.
    List<String> differences(int seeds) {
        var differences = new ArrayList<String>();
        for (var operation : module.operations()) {
            for (var seed = 0; seed < seeds; seed++) {
                differences.addAll(differences(operation, seed));
            }
        }
        return differences;
    }

    private List<String> differences(SdkOperation operation, int seed) {
        var sent = new Generated(seed, requestLimits(operation)).fill(operation.requestBuilder());
        var answered = new Generated(seed + 1_000L, Limits.NONE).fill(operation.responseBuilder());
        answer = answered;
        received = null;
        try {
            var got = operation.call(client, sent);
            return Stream.concat(
                            difference(operation + " request", sent, received),
                            difference(operation + " response", answered, got))
                    .toList();
        } catch (RuntimeException e) {
            return List.of(operation + " " + e);
        }
    }

    private static Stream<String> difference(String what, SdkPojo sent, @Nullable SdkPojo got) {
        if (sent.equalsBySdkFields(got)) {
            return Stream.empty();
        }
        var before = sent.toString();
        var after = String.valueOf(got);
        var at = Math.max(0, Arrays.mismatch(before.toCharArray(), after.toCharArray()) - 40);
        return Stream.of("%s: sent ...%.120s, got ...%.120s"
                .formatted(what, before.substring(at), after.substring(Math.min(at, after.length()))));
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // the types of an operation found by reflection
    private void add(Operations operations, SdkOperation operation) {
        Supplier request = operation::requestBuilder;
        BiFunction<Call, SdkPojo, SdkPojo> respond = this::respond;
        operations.on(operation.name(), request, (BiFunction) respond);
    }

    private @Nullable SdkPojo respond(Call call, SdkPojo request) {
        received = request;
        return answer;
    }

    private Limits requestLimits(SdkOperation operation) {
        var seconds = CUT_TO_SECONDS.contains(operation.name());
        return switch (protocol) {
            case AWS_JSON_1_0, AWS_JSON_1_1, RPC_V2_CBOR -> Limits.NONE;
            case AWS_QUERY -> new Limits(false, true, false, true);
            case EC2_QUERY -> new Limits(false, false, false, !seconds);
            case REST_XML -> throw new IllegalStateException("REST is not the codec's");
        };
    }
}

package dev.hakoniwa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MalformedRequestsTest {
    private static final int REQUESTS = 1_000;
    private static final Pattern INNARDS =
            Pattern.compile("\\bat [\\w.$]+\\(|java\\.|jackson|software\\.amazon|dev\\.hakoniwa|NullPointer|Caused by");

    private final Wire wire = new Wire();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void areAnsweredAsTheCallersFault(long seed) {
        var answers = MalformedRequests.seeded(seed)
                .limit(REQUESTS)
                .map(request -> new Answer(request, wire.send(request)))
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.response().status()).isBetween(200, 499));
        assertThat(answers)
                .allSatisfy(answer -> assertThat(Wire.text(answer.response())).doesNotContainPattern(INNARDS));
        assertThat(wire.json("CreateCluster", "{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void areOfEveryProtocolAndMostlyRefused(long seed) {
        var statuses = MalformedRequests.seeded(seed)
                .limit(REQUESTS)
                .map(wire::send)
                .collect(Collectors.groupingBy(
                        response -> response.headers().get("Content-Type") + " " + response.status(),
                        Collectors.counting()));

        assertThat(statuses)
                .containsKeys("application/x-amz-json-1.1 400", "text/xml 400", "application/cbor 400")
                .containsKey("text/xml;charset=UTF-8 400");
        assertThat(statuses.getOrDefault("application/x-amz-json-1.1 400", 0L)).isGreaterThan(200);
    }

    private record Answer(WireRequest request, WireResponse response) {
        @Override
        public String toString() {
            return request.method() + " " + request.path() + "?" + request.query() + " " + request.headers() + " "
                    + Wire.text(new WireResponse(200, request.headers(), request.body()))
                    + " -> " + response.status() + " " + Wire.text(response);
        }
    }
}

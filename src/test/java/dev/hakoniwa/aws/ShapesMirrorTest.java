package dev.hakoniwa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation of every SDK module on the class path goes from a real client through the codec to the operation,
/// and its response back, unchanged.
final class ShapesMirrorTest {
    private static final int SEEDS = 2;

    /// Operations with streams of events, which no service here answers yet.
    private static final Map<String, Set<String>> STREAMED =
            Map.of("cloudwatchlogs", Set.of("GetLogObject", "StartLiveTail"));

    /// Modules of protocols that read a request's path, which the codec is not for.
    private static final Set<String> REST = Set.of("s3");

    static List<SdkModule> modules() {
        return SdkModule.all().stream()
                .filter(module -> !REST.contains(module.name()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyOperationComesThroughUnchanged(SdkModule module) {
        var mirror = Mirror.of(module);

        var differences = mirror.differences(SEEDS);

        assertThat(module.operations()).isNotEmpty();
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void onlyStreamsAreLeftOut(SdkModule module) {
        assertThat(module.streamed()).isEqualTo(STREAMED.getOrDefault(module.name(), Set.of()));
    }

    @Test
    void everyProtocolIsAmongTheModules() {
        var protocols =
                modules().stream().map(module -> Mirror.of(module).protocol()).toList();

        assertThat(protocols)
                .contains(Protocol.AWS_JSON_1_1, Protocol.AWS_QUERY, Protocol.EC2_QUERY, Protocol.RPC_V2_CBOR);
    }
}

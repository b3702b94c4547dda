package dev.hakoniwa.ecs.taskdefinition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FargateSizesTest {

    static Stream<Arguments> fargateSizes() {
        return Stream.of(
                        sizes(256, IntStream.of(512, 1024, 2048)),
                        sizes(512, every(1024, 4096, 1024)),
                        sizes(1024, every(2048, 8192, 1024)),
                        sizes(2048, every(4096, 16_384, 1024)),
                        sizes(4096, every(8192, 30_720, 1024)),
                        sizes(8192, every(16_384, 61_440, 4096)),
                        sizes(16_384, every(32_768, 122_880, 8192)))
                .flatMap(sizes -> sizes);
    }

    @ParameterizedTest
    @MethodSource("fargateSizes")
    void fargateHasThesePairsOfCpuAndMemory(int cpu, int memory) {
        assertThat(FargateSizes.contain(cpu, memory, false)).isTrue();
    }

    @Test
    void fargateHasNoOtherPairs() {
        var known = new TreeSet<String>();
        fargateSizes().forEach(pair -> known.add(pair.get()[0] + " " + pair.get()[1]));

        var found = new TreeSet<String>();
        IntStream.of(128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768)
                .forEach(cpu -> every(0, 250_000, 256)
                        .filter(memory -> FargateSizes.contain(cpu, memory, false))
                        .forEach(memory -> found.add(cpu + " " + memory)));

        assertThat(found).isEqualTo(known);
    }

    private static Stream<Arguments> sizes(int cpu, IntStream memory) {
        return memory.mapToObj(size -> Arguments.of(cpu, size));
    }

    private static IntStream every(int least, int most, int step) {
        return IntStream.iterate(least, size -> size <= most, size -> size + step);
    }
}

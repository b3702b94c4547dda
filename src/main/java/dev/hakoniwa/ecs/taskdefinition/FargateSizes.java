package dev.hakoniwa.ecs.taskdefinition;

import java.util.List;

/// The pairs of CPU and memory that Fargate has machines for.
final class FargateSizes {
    private static final int LEAST_CPU_ON_WINDOWS = 1024;
    private static final List<Row> TABLE = List.of(
            new Row(256, 512, 512, 512),
            new Row(256, 1024, 2048, 1024),
            new Row(512, 1024, 4096, 1024),
            new Row(1024, 2048, 8192, 1024),
            new Row(2048, 4096, 16_384, 1024),
            new Row(4096, 8192, 30_720, 1024),
            new Row(8192, 16_384, 61_440, 4096),
            new Row(16_384, 32_768, 122_880, 8192));
    private static final int MOST_CPU_ON_WINDOWS = 4096;

    private FargateSizes() {}

    /// Whether there is a machine of `cpu` units and `memory` MiB.
    static boolean contain(int cpu, int memory, boolean onWindows) {
        if (onWindows && (cpu < LEAST_CPU_ON_WINDOWS || cpu > MOST_CPU_ON_WINDOWS)) {
            return false;
        }
        return TABLE.stream().anyMatch(row -> row.contains(cpu, memory));
    }

    private record Row(int cpu, int least, int most, int step) {
        boolean contains(int askedCpu, int memory) {
            return cpu == askedCpu && memory >= least && memory <= most && (memory - least) % step == 0;
        }
    }
}

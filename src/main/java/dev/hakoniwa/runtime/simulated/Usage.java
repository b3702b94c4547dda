package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a simulated container has used at a moment: a hundredth of one of two cores, 8 MiB, and a thousand bytes a
/// second each way.
///
/// @param cpu in nanoseconds
/// @param systemCpu of all cores together, in nanoseconds
record Usage(ContainerId id, String name, Instant read, long cpu, long systemCpu, long bytes, long memoryLimit) {
    private static final int CORES = 2;
    private static final int SHARE = 100;
    private static final long MEMORY = 8L << 20;
    private static final long MACHINE = 8L << 30;
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    static Usage at(ContainerId id, ContainerSpec spec, Instant now, Instant startedAt) {
        var lived = Duration.between(startedAt, now).toNanos();
        var limit = spec.limits().memory();
        return new Usage(
                id,
                spec.name(),
                now,
                lived / SHARE,
                Duration.between(Instant.EPOCH, now).toNanos() / 1000 * CORES,
                lived / 1_000_000,
                limit == 0 ? MACHINE : limit);
    }

    /// As Docker's API tells it, with an earlier reading to compare.
    String after(@Nullable Usage earlier) {
        return """
                {"read":"%s","preread":"%s","pids_stats":{"current":1},"blkio_stats":{"io_service_bytes_recursive":[]},\
                "num_procs":0,"storage_stats":{},"cpu_stats":%s,"precpu_stats":%s,\
                "memory_stats":{"usage":%d,"max_usage":%d,"stats":{},"limit":%d},"name":"/%s","id":"%s",\
                "networks":{"eth0":{"rx_bytes":%d,"rx_packets":1,"rx_errors":0,"rx_dropped":0,\
                "tx_bytes":%d,"tx_packets":1,"tx_errors":0,"tx_dropped":0}}}""".formatted(
                        read,
                        earlier == null ? NEVER : earlier.read,
                        processor(cpu, systemCpu),
                        earlier == null ? processor(0, 0) : processor(earlier.cpu, earlier.systemCpu),
                        MEMORY,
                        MEMORY,
                        memoryLimit,
                        name,
                        id,
                        bytes,
                        bytes);
    }

    private static String processor(long total, long system) {
        return """
                {"cpu_usage":{"total_usage":%d,"usage_in_kernelmode":0,"usage_in_usermode":%d},\
                "system_cpu_usage":%d,"online_cpus":%d,\
                "throttling_data":{"periods":0,"throttled_periods":0,"throttled_time":0}}""".formatted(total, total, system, CORES);
    }
}

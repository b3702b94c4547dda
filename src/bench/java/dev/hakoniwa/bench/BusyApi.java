package dev.hakoniwa.bench;

import dev.hakoniwa.bench.Benchmark.Section;
import dev.hakoniwa.bench.Table.Measure;
import dev.hakoniwa.bench.TaskStart.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// How long DescribeServices takes, call by call over one connection, while a service starts and stops twenty tasks.
final class BusyApi implements Section {
    private static final int TASKS = 20;
    private static final int WARM_UP_CALLS = 5_000;
    private static final String SERVICE = "{\"cluster\": \"bench\", \"services\": [\"busy\"]}";
    private static final Measure MEDIAN = new Measure("DescribeServices while 20 tasks start, p50", Unit.SECONDS);
    private static final Measure SLOWEST =
            new Measure("DescribeServices while 20 tasks start, p99", Unit.SECONDS, "≤ 2 ms");

    @Override
    public void measure(Setup setup, Table table) throws Exception {
        var docker = BareDocker.open(setup, table);
        if (docker.isEmpty()) {
            return;
        }
        var emulators = Emulator.startAll(setup, Map.of());
        try (var _ = docker.get()) {
            for (var emulator : emulators) {
                withService(Stage.of(emulator));
            }
            setup.alternate(setup.rounds(), emulators, emulator -> {
                var times = timesUntil(emulator.aws(), TASKS);
                times.sort(Comparator.naturalOrder());
                table.add(MEDIAN, emulator.name(), times.get(times.size() / 2));
                table.add(SLOWEST, emulator.name(), times.get(times.size() * 99 / 100));
                var _ = timesUntil(emulator.aws(), 0);
            });
        } finally {
            emulators.forEach(Emulator::close);
        }
    }

    private static void withService(Stage stage) throws Exception {
        var _ = stage.run("bridge", 1);
        var aws = stage.emulator().aws();
        var _ = aws.ecs("CreateService", """
                {"cluster": "bench", "serviceName": "busy", "taskDefinition": "bridge", "launchType": "EC2",
                 "desiredCount": 0}""");
        for (var call = 0; call < WARM_UP_CALLS; call++) {
            var _ = aws.ecs("DescribeServices", SERVICE);
        }
    }

    /// The seconds that each call took until the service ran so many tasks.
    private static List<Double> timesUntil(Aws aws, int tasks) throws Exception {
        var _ = aws.ecs(
                "UpdateService",
                "{\"cluster\": \"bench\", \"service\": \"busy\", \"desiredCount\": %d}".formatted(tasks));
        var times = new ArrayList<Double>();
        String running;
        do {
            var begin = System.nanoTime();
            var answer = aws.ecs("DescribeServices", SERVICE);
            times.add((System.nanoTime() - begin) / 1e9);
            running = Aws.first("\"runningCount\":(\\d+)", answer);
        } while (!running.equals(String.valueOf(tasks)));
        return times;
    }
}

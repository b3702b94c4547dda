package dev.hakoniwa.bench;

import dev.hakoniwa.bench.Benchmark.Section;
import dev.hakoniwa.bench.Table.Measure;
import dev.hakoniwa.bench.TaskStart.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How long DescribeServices takes, call by call over one connection, while a service starts and stops twenty tasks.
/// Every other call goes to a second emulator, which runs nothing: what it takes longer then than on a quiet machine is
/// the machine's doing.
final class BusyApi implements Section {
    private static final int TASKS = 20;
    private static final int WARM_UP_CALLS = 5_000;
    private static final String SERVICE = "{\"cluster\": \"bench\", \"services\": [\"busy\"]}";
    private static final String QUIET = "DescribeServices on a quiet machine";
    private static final String BUSY = "DescribeServices while 20 tasks start";
    private static final String IDLE = "the same of an emulator that runs nothing";

    /// One that starts tasks, and one that doesn't.
    private record Pair(Emulator busy, Emulator idle) {}

    @Override
    public void measure(Setup setup, Table table) throws Exception {
        var docker = BareDocker.open(setup, table);
        if (docker.isEmpty()) {
            return;
        }
        var emulators = new ArrayList<Emulator>();
        try (var _ = docker.get()) {
            var pairs = new ArrayList<Pair>();
            for (var flavour : setup.flavours()) {
                var busy = Emulator.start(setup, flavour);
                emulators.add(busy);
                var idle = Emulator.start(setup, flavour, "--engine", "simulated");
                emulators.add(idle);
                withService(Stage.of(busy));
                withService(Stage.of(idle));
                pairs.add(new Pair(busy, idle));
            }
            setup.alternate(setup.rounds(), pairs, pair -> round(table, pair));
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

    private static void round(Table table, Pair pair) throws Exception {
        var name = pair.busy().name();
        var quiet = new ArrayList<Double>();
        for (var call = 0; call < WARM_UP_CALLS; call++) {
            quiet.add(secondsOfCall(pair.busy().aws()));
        }
        add(table, QUIET, name, "", quiet);
        var busy = new ArrayList<Double>();
        var idle = new ArrayList<Double>();
        scale(pair.busy().aws(), TASKS);
        do {
            busy.add(secondsOfCall(pair.busy().aws()));
            idle.add(secondsOfCall(pair.idle().aws()));
        } while (running(pair.busy().aws()) != TASKS);
        add(table, BUSY, name, "≤ 2 ms", busy);
        add(table, IDLE, name, "", idle);
        scale(pair.busy().aws(), 0);
        while (running(pair.busy().aws()) != 0) {
            Thread.sleep(100);
        }
    }

    private static void add(Table table, String measure, String name, String wanted, List<Double> times) {
        times.sort(Comparator.naturalOrder());
        table.add(new Measure(measure + ", p50", Unit.SECONDS), name, times.get(times.size() / 2));
        table.add(new Measure(measure + ", p99", Unit.SECONDS, wanted), name, times.get(times.size() * 99 / 100));
    }

    private static double secondsOfCall(Aws aws) throws Exception {
        return TaskStart.seconds(() -> {
            var _ = aws.ecs("DescribeServices", SERVICE);
        });
    }

    private static int running(Aws aws) throws Exception {
        return Integer.parseInt(Aws.first("\"runningCount\":(\\d+)", aws.ecs("DescribeServices", SERVICE)));
    }

    private static void scale(Aws aws, int tasks) throws Exception {
        var _ = aws.ecs(
                "UpdateService",
                "{\"cluster\": \"bench\", \"service\": \"busy\", \"desiredCount\": %d}".formatted(tasks));
    }
}

package dev.hakoniwa.bench;

import static dev.hakoniwa.bench.TaskStart.seconds;

import dev.hakoniwa.bench.Benchmark.Section;
import dev.hakoniwa.bench.Table.Measure;
import dev.hakoniwa.bench.TaskStart.Stage;
import java.util.ArrayList;
import java.util.Map;

/// How long a service takes to fifty tasks and back to none, against fifty `docker run` at once and `docker stop` of
/// them.
final class ServiceScaling implements Section {
    private static final int TASKS = 50;
    private static final Measure UP = new Measure("0 → 50 tasks", Unit.SECONDS, "≤ 1.2 ×");
    private static final Measure DOWN = new Measure("50 → 0 tasks", Unit.SECONDS);

    @Override
    public void measure(Setup setup, Table table) throws Exception {
        var docker = BareDocker.open(setup, table);
        if (docker.isEmpty()) {
            return;
        }
        var emulators = Emulator.startAll(setup, Map.of());
        try (var bare = docker.get()) {
            var stages = new ArrayList<Stage>();
            for (var emulator : emulators) {
                stages.add(withService(Stage.of(emulator)));
            }
            for (var round = 0; round < setup.rounds(); round++) {
                for (var stage : stages) {
                    table.add(
                            UP, stage.name(), seconds(() -> up(stage.emulator().aws())));
                    table.add(
                            DOWN,
                            stage.name(),
                            seconds(() -> down(stage.emulator().aws())));
                }
                table.add(UP, TaskStart.PEER, seconds(() -> bare.runAll(TASKS)));
                table.add(DOWN, TaskStart.PEER, seconds(bare::stopAll));
            }
        } finally {
            emulators.forEach(Emulator::close);
        }
    }

    private static Stage withService(Stage stage) throws Exception {
        var _ = stage.run("bridge", 5);
        var _ = stage.emulator().aws().ecs("CreateService", """
                {"cluster": "bench", "serviceName": "many", "taskDefinition": "bridge", "launchType": "EC2",
                 "desiredCount": 0}""");
        return stage;
    }

    private static void up(Aws aws) throws Exception {
        scale(aws, TASKS);
        aws.await(
                "DescribeServices",
                "{\"cluster\": \"bench\", \"services\": [\"many\"]}",
                answer -> Aws.first("\"runningCount\":(\\d+)", answer).equals(String.valueOf(TASKS)));
    }

    private static void down(Aws aws) throws Exception {
        var tasks = Aws.all(
                "\"(arn:[^\"]+)\"", aws.ecs("ListTasks", "{\"cluster\": \"bench\", \"serviceName\": \"many\"}"));
        scale(aws, 0);
        aws.awaitTasks("bench", tasks, "STOPPED");
    }

    private static void scale(Aws aws, int tasks) throws Exception {
        var _ = aws.ecs(
                "UpdateService",
                "{\"cluster\": \"bench\", \"service\": \"many\", \"desiredCount\": %d}".formatted(tasks));
    }
}

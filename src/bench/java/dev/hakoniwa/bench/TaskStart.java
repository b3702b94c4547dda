package dev.hakoniwa.bench;

import dev.hakoniwa.bench.Benchmark.Section;
import dev.hakoniwa.bench.Table.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How long it takes from RunTask until the task is RUNNING, against `docker run` of the same image.
final class TaskStart implements Section {
    static final String PEER = "docker run";
    private static final int ONE_BY_ONE = 10;
    private static final Measure ONE = new Measure("a task (bridge)", Unit.SECONDS, "≤ 1.25 ×");
    private static final Measure AWSVPC = new Measure("a task (awsvpc)", Unit.SECONDS, "≤ 150 ms more");
    private static final Measure TWENTY = new Measure("20 tasks at once", Unit.SECONDS);

    /// An emulator with a cluster and a task definition of each network mode.
    record Stage(Emulator emulator, String subnet) {
        private static final String DEFINITION = """
                {"family": "%1$s", "networkMode": "%1$s", "containerDefinitions": [
                 {"name": "main", "image": "%2$s", "memory": 64, "cpu": 128}]}""";

        static Stage of(Emulator emulator) throws Exception {
            var aws = emulator.aws();
            var _ = aws.ecs("CreateCluster", "{\"clusterName\": \"bench\"}");
            for (var mode : List.of("bridge", "awsvpc")) {
                var _ = aws.ecs("RegisterTaskDefinition", DEFINITION.formatted(mode, BareDocker.IMAGE));
            }
            var subnets = aws.form("ec2", "Action=DescribeSubnets&Version=2016-11-15");
            return new Stage(emulator, Aws.first("<subnetId>([^<]+)</subnetId>", subnets));
        }

        String name() {
            return emulator.name();
        }

        /// Runs tasks, waits until they are RUNNING, stops them and waits until they are gone; gives back how long the
        /// first two took.
        double run(String mode, int count) throws Exception {
            var network = mode.equals("awsvpc")
                    ? ", \"networkConfiguration\": {\"awsvpcConfiguration\": {\"subnets\": [\"%s\"]}}".formatted(subnet)
                    : "";
            var begin = System.nanoTime();
            var arns = new ArrayList<String>();
            for (var left = count; left > 0; left -= 10) {
                var answer = emulator.aws().ecs("RunTask", """
                        {"cluster": "bench", "taskDefinition": "%s", "launchType": "EC2", "count": %d%s}""".formatted(mode, Math.min(left, 10), network));
                arns.addAll(Aws.taskArns(answer).stream().distinct().toList());
            }
            emulator.aws().awaitTasks("bench", arns, "RUNNING");
            var seconds = (System.nanoTime() - begin) / 1e9;
            for (var arn : arns) {
                var _ = emulator.aws().ecs("StopTask", "{\"cluster\": \"bench\", \"task\": \"%s\"}".formatted(arn));
            }
            emulator.aws().awaitTasks("bench", arns, "STOPPED");
            return seconds;
        }
    }

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
                stages.add(Stage.of(emulator));
            }
            for (var stage : stages) {
                var _ = stage.run("bridge", 5);
                var _ = stage.run("awsvpc", 5);
            }
            for (var round = 0; round < ONE_BY_ONE; round++) {
                single(stages, bare, table);
            }
            for (var round = 0; round < setup.rounds(); round++) {
                twenty(stages, bare, table);
            }
        } finally {
            emulators.forEach(Emulator::close);
        }
    }

    private static void single(List<Stage> stages, BareDocker bare, Table table) throws Exception {
        for (var stage : stages) {
            table.add(ONE, stage.name(), stage.run("bridge", 1));
            table.add(AWSVPC, stage.name(), stage.run("awsvpc", 1));
        }
        table.add(ONE, PEER, seconds(() -> bare.run()));
        bare.removeAll();
        table.add(AWSVPC, PEER, seconds(() -> {
            var pause = bare.run("--network", bare.network());
            var _ = bare.run("--network", "container:" + pause);
        }));
        bare.removeAll();
    }

    private static void twenty(List<Stage> stages, BareDocker bare, Table table) throws Exception {
        for (var stage : stages) {
            table.add(TWENTY, stage.name(), stage.run("bridge", 20));
        }
        table.add(TWENTY, PEER, seconds(() -> bare.runAll(20)));
        bare.removeAll();
    }

    /// Something that takes time.
    interface Work {
        void run() throws Exception;
    }

    static double seconds(Work work) throws Exception {
        var begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }
}

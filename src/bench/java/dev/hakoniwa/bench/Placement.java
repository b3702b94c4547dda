package dev.hakoniwa.bench;

import static dev.hakoniwa.bench.TaskStart.seconds;

import dev.hakoniwa.bench.Benchmark.Section;
import dev.hakoniwa.bench.Table.Measure;
import java.util.ArrayList;
import java.util.List;

/// How long it takes to place tasks on a hundred container instances (with the simulated engine): spread over the
/// zones, then packed by memory, as the console's default template has it.
final class Placement implements Section {
    private static final int TASKS = 1_000;
    private static final int AT_ONCE = 10;
    private static final String RUN = """
            {"cluster": "bench", "taskDefinition": "bench", "launchType": "EC2", "count": %d, "placementStrategy": [
             {"type": "spread", "field": "attribute:ecs.availability-zone"}, {"type": "binpack", "field": "memory"}]}""";
    private static final Measure PLACED = new Measure("1,000 tasks placed on 100 instances", Unit.SECONDS, "< 1 s");
    private static final Measure RUNNING = new Measure("… and RUNNING", Unit.SECONDS);

    @Override
    public void measure(Setup setup, Table table) throws Exception {
        setup.alternate(setup.rounds(), setup.flavours(), flavour -> {
            var instances = List.of("--engine", "simulated", "--container-instances", "100")
                    .toArray(String[]::new);
            try (var emulator = Emulator.start(setup, flavour, instances)) {
                measure(table, emulator);
            }
        });
        table.note("RunTask, %d tasks a call, one call after the other, after as many to warm up.".formatted(AT_ONCE));
    }

    private static void measure(Table table, Emulator emulator) throws Exception {
        var aws = emulator.aws();
        var _ = aws.ecs("CreateCluster", "{\"clusterName\": \"bench\"}");
        var _ = aws.ecs("RegisterTaskDefinition", """
                {"family": "bench", "containerDefinitions": [
                 {"name": "main", "image": "bench", "cpu": 256, "memory": 512}]}""");
        for (var arn : place(aws)) {
            var _ = aws.ecs("StopTask", "{\"cluster\": \"bench\", \"task\": \"%s\"}".formatted(arn));
        }
        var arns = new ArrayList<String>();
        var placing = seconds(() -> arns.addAll(place(aws)));
        var starting = seconds(() -> aws.awaitTasks("bench", arns, "RUNNING"));
        table.add(PLACED, emulator.name(), placing);
        table.add(RUNNING, emulator.name(), placing + starting);
    }

    private static List<String> place(Aws aws) throws Exception {
        var arns = new ArrayList<String>();
        for (var placed = 0; placed < TASKS; placed += AT_ONCE) {
            var answer = aws.ecs("RunTask", RUN.formatted(AT_ONCE));
            arns.addAll(Aws.taskArns(answer).stream().distinct().toList());
        }
        if (arns.size() != TASKS) {
            throw new IllegalStateException("%d of %d tasks were placed".formatted(arns.size(), TASKS));
        }
        return arns;
    }
}

package dev.hakoniwa.bench;

import dev.hakoniwa.bench.Benchmark.Section;
import dev.hakoniwa.bench.Table.Measure;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/// How memory grows as tasks run and stop (with the simulated engine): not at all, if all is well.
final class ManyTasks implements Section {
    private static final int BATCH = 10_000;
    private static final int BATCHES = 10;
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    @Override
    public void measure(Setup setup, Table table) throws Exception {
        for (var emulator : Emulator.startAll(setup, Map.of(), "--engine", "simulated")) {
            try (emulator) {
                measure(table, emulator);
            }
        }
        table.note("Live memory is what a full garbage collection leaves (jcmd), for the jar alone.");
    }

    private static void measure(Table table, Emulator emulator) throws Exception {
        var aws = emulator.aws();
        var _ = aws.ecs("CreateCluster", "{\"clusterName\": \"bench\"}");
        var _ = aws.ecs("RegisterTaskDefinition", """
                {"family": "bench", "containerDefinitions": [{"name": "main", "image": "bench", "memory": 6}]}""");
        var end = System.nanoTime() + PATIENCE_NANOS;
        for (var batch = 1; batch <= BATCHES; batch++) {
            if (System.nanoTime() > end) {
                table.note("%s: ended after %,d tasks, as it took too long."
                        .formatted(emulator.name(), (batch - 1) * BATCH));
                return;
            }
            var begin = System.nanoTime();
            ManyServices.inParallel(IntStream.range(0, BATCH / 10)
                    .<Callable<String>>mapToObj(_ -> () -> runAndStop(aws))
                    .toList());
            var seconds = (System.nanoTime() - begin) / 1e9;
            if (batch == 1 || batch == BATCHES / 2 || batch == BATCHES) {
                var after = "after %,d tasks".formatted(batch * BATCH);
                Thread.sleep(1000);
                table.add(
                        new Measure("tasks run and stopped, " + after, Unit.PER_SECOND),
                        emulator.name(),
                        BATCH / seconds);
                table.add(
                        new Measure("memory " + after, Unit.BYTES, "flat"),
                        emulator.name(),
                        Machine.residentBytes(emulator.pid()));
                if (emulator.name().equals("jar")) {
                    table.add(
                            new Measure("live memory " + after, Unit.BYTES, "flat"),
                            emulator.name(),
                            live(emulator.pid()));
                }
            }
        }
    }

    private static String runAndStop(Aws aws) throws Exception {
        var answer = aws.ecs("RunTask", """
                {"cluster": "bench", "taskDefinition": "bench", "launchType": "EC2", "count": 10}""");
        for (var arn : Aws.taskArns(answer).stream().distinct().toList()) {
            var _ = aws.ecs("StopTask", "{\"cluster\": \"bench\", \"task\": \"%s\"}".formatted(arn));
        }
        return answer;
    }

    private static double live(long pid) throws IOException, InterruptedException {
        var jcmd = System.getProperty("java.home") + "/bin/jcmd";
        var _ = Child.run(jcmd, String.valueOf(pid), "GC.run");
        var used = Aws.all(" used (\\d+)K", Child.run(jcmd, String.valueOf(pid), "GC.heap_info"));
        return 1024 * Double.parseDouble(used.getFirst());
    }
}

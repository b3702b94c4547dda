package dev.hakoniwa.bench;

import dev.hakoniwa.bench.Benchmark.Section;
import dev.hakoniwa.bench.Table.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// What a call and a reconciliation cost as services pile up (with the simulated engine): the same with ten services as
/// with ten thousand, if all is well.
final class ManyServices implements Section {
    private static final List<Integer> COUNTS = List.of(10, 1_000, 10_000);
    private static final int SCALED = 10;
    private static final int CLIENTS = 4;
    private static final String SERVICE =
            "{\"cluster\": \"bench\", \"serviceName\": \"s%d\", \"taskDefinition\": \"bench\","
                    + " \"launchType\": \"EC2\", \"desiredCount\": 1}";

    @Override
    public void measure(Setup setup, Table table) throws Exception {
        for (var emulator : Emulator.startAll(setup, Map.of(), "--engine", "simulated")) {
            try (emulator) {
                measure(setup, table, emulator);
            }
        }
    }

    private static void measure(Setup setup, Table table, Emulator emulator) throws Exception {
        var aws = emulator.aws();
        var _ = aws.ecs("CreateCluster", "{\"clusterName\": \"bench\"}");
        var _ = aws.ecs("RegisterTaskDefinition", """
                {"family": "bench", "containerDefinitions": [{"name": "main", "image": "bench", "memory": 6}]}""");
        var made = 0;
        for (var count : COUNTS) {
            var from = made;
            inParallel(IntStream.range(from, count)
                    .<Callable<String>>mapToObj(i -> () -> aws.ecs("CreateService", SERVICE.formatted(i)))
                    .toList());
            made = count;
            awaitRunning(
                    aws,
                    IntStream.range(Math.max(from, count - SCALED), count)
                            .boxed()
                            .toList(),
                    1);
            Thread.sleep(2000);
            reconcile(setup, table, emulator, count); // first, as it brings events that all later answers tell
            describe(setup, table, emulator, count);
            idle(table, emulator, count);
        }
    }

    private static void describe(Setup setup, Table table, Emulator emulator, int count) throws Exception {
        if (Setup.find("wrk").isEmpty()) {
            table.note("wrk is not installed.");
            return;
        }
        var load = Wrk.call(
                setup,
                "DescribeServices",
                "{\"cluster\": \"bench\", \"services\": %s}"
                        .formatted(names(IntStream.range(0, 10).boxed().toList())));
        var url = "http://127.0.0.1:" + emulator.port() + "/";
        var _ = load.run(16, Setup.WARM_UP_SECONDS, url);
        for (var round = 0; round < setup.rounds(); round++) {
            table.add(
                    new Measure("DescribeServices of 10 of %,d".formatted(count), Unit.PER_SECOND, "the same"),
                    emulator.name(),
                    load.run(16, Setup.SECONDS, url).requestsPerSecond());
        }
    }

    private static void idle(Table table, Emulator emulator, int count) throws Exception {
        var before = Machine.processorSeconds(emulator.pid());
        Thread.sleep(Setup.SECONDS * 1000L);
        table.add(
                new Measure("processor time of a second at rest, %,d services".formatted(count), Unit.SECONDS, "≈ 0"),
                emulator.name(),
                (Machine.processorSeconds(emulator.pid()) - before) / Setup.SECONDS);
    }

    /// From one task to two and back, of ten services at once.
    private static void reconcile(Setup setup, Table table, Emulator emulator, int count) throws Exception {
        var some = IntStream.range(0, SCALED)
                .map(i -> i * (count / SCALED))
                .boxed()
                .toList();
        var aws = emulator.aws();
        for (var round = 0; round <= setup.rounds() * 5; round++) {
            var tasks = round % 2 == 0 ? 2 : 1;
            var processor = Machine.processorSeconds(emulator.pid());
            var begin = System.nanoTime();
            for (var i : some) {
                var _ = aws.ecs(
                        "UpdateService",
                        "{\"cluster\": \"bench\", \"service\": \"s%d\", \"desiredCount\": %d}".formatted(i, tasks));
            }
            awaitRunning(aws, some, tasks);
            var seconds = (System.nanoTime() - begin) / 1e9 / SCALED;
            if (round > 0) {
                table.add(
                        new Measure("reconciling one of %,d".formatted(count), Unit.SECONDS, "the same"),
                        emulator.name(),
                        seconds);
                table.add(
                        new Measure("processor time of that, %,d services".formatted(count), Unit.SECONDS, "the same"),
                        emulator.name(),
                        (Machine.processorSeconds(emulator.pid()) - processor) / SCALED);
            }
        }
    }

    private static void awaitRunning(Aws aws, List<Integer> services, int tasks) throws Exception {
        for (var from = 0; from < services.size(); from += 10) {
            var some = services.subList(from, Math.min(services.size(), from + 10));
            aws.await(
                    "DescribeServices",
                    "{\"cluster\": \"bench\", \"services\": %s}".formatted(names(some)),
                    answer -> Aws.all("\"desiredCount\":\\d+,\"runningCount\":(\\d+)", answer).stream()
                                    .filter(running -> running.equals(String.valueOf(tasks)))
                                    .count()
                            >= some.size());
        }
    }

    private static String names(List<Integer> services) {
        return Aws.quoted(services.stream().map(i -> "s" + i).toList());
    }

    static void inParallel(List<Callable<String>> calls) throws Exception {
        var results = new ArrayList<Future<String>>();
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            calls.forEach(call -> results.add(threads.submit(call)));
        }
        for (var result : results) {
            var _ = result.get();
        }
    }
}

package dev.hakoniwa.bench;

import dev.hakoniwa.bench.Benchmark.Section;
import dev.hakoniwa.bench.Table.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How fast the API is: calls a second, and how long a call takes.
final class Api implements Section {
    private static final int CONNECTIONS = 16;
    private static final String TASK_DEFINITION = """
            {"family": "bench", "networkMode": "awsvpc", "cpu": "256", "memory": "512",
             "requiresCompatibilities": ["FARGATE"], "containerDefinitions": [
              {"name": "web", "image": "nginx:1.27", "essential": true, "memory": 256, "portMappings": [{"containerPort": 80}],
               "environment": [{"name": "MODE", "value": "bench"}]},
              {"name": "side", "image": "envoy:1.31", "essential": false, "memory": 128}]}""";

    @Override
    public void measure(Setup setup, Table table) throws Exception {
        if (Setup.find("wrk").isEmpty()) {
            table.note("wrk is not installed.");
            return;
        }
        table.note("wrk, one thread, %d connections.".formatted(CONNECTIONS));
        var emulators = new ArrayList<>(Emulator.startAll(setup, Map.of(), "--engine", "simulated"));
        try {
            if (Setup.find(StartUp.MOTO).isPresent()) {
                emulators.add(StartUp.moto(setup));
            }
            measure(setup, table, emulators, "DescribeClusters", List.of("{}"));
            describeTasks(setup, table, emulators);
            measure(setup, table, emulators, "RegisterTaskDefinition", List.of(TASK_DEFINITION));
        } finally {
            emulators.forEach(Emulator::close);
        }
    }

    private static void describeTasks(Setup setup, Table table, List<Emulator> emulators) throws Exception {
        var requests = new ArrayList<String>();
        for (var emulator : emulators) {
            requests.add("{\"cluster\": \"bench\", \"tasks\": " + Aws.quoted(hundredTasks(emulator.aws())) + "}");
        }
        measure(setup, table, emulators, "DescribeTasks", requests);
    }

    private static List<String> hundredTasks(Aws aws) throws Exception {
        var _ = aws.ecs("CreateCluster", "{\"clusterName\": \"bench\"}");
        var _ = aws.ecs("RegisterTaskDefinition", TASK_DEFINITION);
        var subnet = first(aws, "DescribeSubnets", "subnetId");
        var group = first(aws, "DescribeSecurityGroups", "groupId");
        var arns = new ArrayList<String>();
        for (var ten = 0; ten < 10; ten++) {
            var answer = aws.ecs("RunTask", """
                    {"cluster": "bench", "taskDefinition": "bench", "count": 10, "launchType": "FARGATE",
                     "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["%s"], "securityGroups": ["%s"]}}}""".formatted(subnet, group));
            arns.addAll(Aws.taskArns(answer).stream().distinct().toList());
        }
        return arns;
    }

    private static String first(Aws aws, String operation, String id) throws Exception {
        var answer = aws.form("ec2", "Action=%s&Version=2016-11-15".formatted(operation));
        return Aws.first("<%1$s>([^<]+)</%1$s>".formatted(id), answer);
    }

    private static void measure(
            Setup setup, Table table, List<Emulator> emulators, String operation, List<String> requests)
            throws Exception {
        var name = operation.equals("DescribeTasks") ? "DescribeTasks of 100" : operation;
        var wanted = operation.equals("DescribeClusters");
        for (var emulator : emulators) {
            load(setup, emulators, requests, operation, emulator, Setup.WARM_UP_SECONDS);
        }
        setup.alternate(setup.rounds(), emulators, emulator -> {
            var before = Machine.processorSeconds(emulator.pid());
            var result = load(setup, emulators, requests, operation, emulator, Setup.SECONDS);
            var used = Machine.processorSeconds(emulator.pid()) - before;
            table.add(
                    new Measure(name + ", processor time of a call", Unit.SECONDS),
                    emulator.name(),
                    used / (result.requestsPerSecond() * Setup.SECONDS));
            table.add(
                    new Measure(name, Unit.PER_SECOND, wanted ? "≥ 40,000/s native" : ""),
                    emulator.name(),
                    result.requestsPerSecond());
            table.add(new Measure(name + ", p50", Unit.SECONDS), emulator.name(), result.median());
            table.add(
                    new Measure(name + ", p99", Unit.SECONDS, wanted ? "≤ 2 ms native" : ""),
                    emulator.name(),
                    result.p99());
        });
    }

    private static Wrk.Result load(
            Setup setup,
            List<Emulator> emulators,
            List<String> requests,
            String operation,
            Emulator emulator,
            int seconds)
            throws Exception {
        var request = requests.get(Math.min(requests.size() - 1, emulators.indexOf(emulator)));
        return Wrk.call(setup, operation, request)
                .run(CONNECTIONS, seconds, "http://127.0.0.1:" + emulator.port() + "/");
    }
}

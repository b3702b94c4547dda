package dev.hakoniwa.bench;

import java.io.IOException;
import java.util.List;

/// A load by wrk: one thread, and as many connections as it is told. Each connection waits for its answer, so the
/// latencies are those of a system that is full, not late.
record Wrk(Setup setup, String name, String script) {
    private static final String RESULT = """

            function done(summary, latency, requests)
              local errors = summary.errors
              io.write(string.format("RESULT %d %d %d %d %d %d\\n",
                summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
                errors.connect + errors.read + errors.write + errors.status + errors.timeout))
            end
            """;

    /// What a load has brought.
    record Result(double requestsPerSecond, double bytesPerSecond, double median, double p99) {}

    static Wrk get(Setup setup, String name, String host) {
        return new Wrk(setup, name, "wrk.headers[\"Host\"] = \"" + host + "\"\n");
    }

    /// A call of ECS.
    static Wrk call(Setup setup, String operation, String json) {
        return new Wrk(setup, operation, """
                wrk.method = "POST"
                wrk.headers["Content-Type"] = "application/x-amz-json-1.1"
                wrk.headers["X-Amz-Target"] = "%s%s"
                wrk.headers["Authorization"] = "%s"
                wrk.body = [==[%s]==]
                """.formatted(Aws.ECS, operation, Aws.authorization("ecs"), json));
    }

    Result run(int connections, int seconds, String url) throws IOException, InterruptedException {
        var file = setup.write(name + ".lua", script + RESULT);
        var output = Child.run(
                "wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout", "10s", "-s", file.toString(), url);
        var line = output.lines()
                .filter(text -> text.startsWith("RESULT "))
                .findFirst()
                .orElseThrow(() -> new IOException(output));
        var numbers =
                List.of(line.split(" ")).stream().skip(1).map(Double::valueOf).toList();
        if (numbers.get(5) > 0) {
            throw new IOException(name + " failed: " + output);
        }
        var duration = numbers.get(1) / 1e6;
        return new Result(
                numbers.get(0) / duration, numbers.get(2) / duration, numbers.get(3) / 1e6, numbers.get(4) / 1e6);
    }
}

package dev.hakoniwa.bench;

import dev.hakoniwa.bench.Benchmark.Section;
import dev.hakoniwa.bench.Proxies.Proxy;
import dev.hakoniwa.bench.Table.Measure;
import java.util.ArrayList;

/// What the load balancer carries, against nginx and HAProxy before the same backend.
final class LoadBalancing implements Section {
    private static final int CONNECTIONS = 16;
    private static final Measure SMALL = new Measure("requests, small bodies", Unit.PER_SECOND, "≥ 0.7 × nginx");
    private static final Measure SMALL_MEDIAN = new Measure("small bodies, p50", Unit.SECONDS);
    private static final Measure SMALL_P99 = new Measure("small bodies, p99", Unit.SECONDS);
    private static final Measure SMALL_TIME = new Measure("small bodies, processor time of a request", Unit.SECONDS);
    private static final Measure LARGE = new Measure("bodies of 1 MiB", Unit.BYTES_PER_SECOND);
    private static final Measure LARGE_P99 = new Measure("bodies of 1 MiB, p99", Unit.SECONDS);

    @Override
    public void measure(Setup setup, Table table) throws Exception {
        if (Setup.find("wrk").isEmpty() || Setup.find("nginx").isEmpty()) {
            table.note("wrk, or nginx for the backend, is not installed.");
            return;
        }
        table.note("wrk, one thread, %d connections; each load balancer has one thread.".formatted(CONNECTIONS));
        var port = Setup.freePort();
        try (var backend = Proxies.backend(setup, port);
                var proxies = Proxies.before(setup, port, table)) {
            var all = new ArrayList<>(proxies.all());
            all.add(new Proxy("backend alone", Proxies.worker(backend), port, "localhost"));
            for (var proxy : all) {
                var _ = load(setup, proxy, "/", Setup.WARM_UP_SECONDS);
                var _ = load(setup, proxy, "/large", Setup.WARM_UP_SECONDS);
            }
            setup.alternate(setup.rounds(), all, proxy -> {
                var before = Machine.processorSeconds(proxy.pid());
                var small = load(setup, proxy, "/", Setup.SECONDS);
                var used = Machine.processorSeconds(proxy.pid()) - before;
                table.add(SMALL_TIME, proxy.name(), used / (small.requestsPerSecond() * Setup.SECONDS));
                table.add(SMALL, proxy.name(), small.requestsPerSecond());
                table.add(SMALL_MEDIAN, proxy.name(), small.median());
                table.add(SMALL_P99, proxy.name(), small.p99());
            });
            setup.alternate(setup.rounds(), all, proxy -> {
                var large = load(setup, proxy, "/large", Setup.SECONDS);
                table.add(LARGE, proxy.name(), large.bytesPerSecond());
                table.add(LARGE_P99, proxy.name(), large.p99());
            });
        }
    }

    private static Wrk.Result load(Setup setup, Proxy proxy, String path, int seconds) throws Exception {
        return Wrk.get(setup, "balancer", proxy.host()).run(CONNECTIONS, seconds, proxy.url(path));
    }
}

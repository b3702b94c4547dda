package dev.hakoniwa.bench;

import dev.hakoniwa.bench.Benchmark.Section;
import dev.hakoniwa.bench.Table.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How soon it answers, how much memory it takes and how big it is.
final class StartUp implements Section {
    static final String MOTO = "moto_server";
    private static final int CALLS = 10_000;
    private static final long CALLS_NANOS = 10_000_000_000L;

    /// After which the executable has come to rest (dev.hakoniwa.app.Footprint).
    private static final long REST_MILLIS = 12_000;
    private static final int STARTS = 10;
    private static final Measure START =
            new Measure("start to the first answer", Unit.SECONDS, "≤ 30 ms native, < 1 s jar");
    private static final Measure IDLE = new Measure("memory after start", Unit.BYTES, "≤ 40 MiB native");
    private static final Measure USED = new Measure("memory after 10,000 calls", Unit.BYTES);
    private static final Measure RESTED = new Measure("memory some seconds later", Unit.BYTES, "≤ 40 MiB native");
    private static final Measure SIZE = new Measure("size of the files", Unit.BYTES, "≤ 110 MB native");
    private static final Measure IMAGE = new Measure("size of the container image", Unit.BYTES);

    @Override
    public void measure(Setup setup, Table table) throws Exception {
        for (var flavour : setup.flavours()) {
            table.add(SIZE, flavour.name(), size(flavour.files()));
        }
        image(table);
        setup.alternate(STARTS, setup.flavours(), flavour -> {
            try (var emulator = Emulator.start(setup, flavour)) {
                table.add(START, flavour.name(), emulator.startSeconds());
            }
        });
        setup.alternate(setup.rounds(), setup.flavours(), flavour -> {
            try (var emulator = Emulator.start(setup, flavour)) {
                memory(emulator, table);
            }
        });
        if (Setup.find(MOTO).isEmpty()) {
            table.note("moto_server is not installed.");
            return;
        }
        for (var round = 0; round < setup.rounds(); round++) {
            try (var moto = moto(setup)) {
                table.add(START, MOTO, moto.startSeconds());
                memory(moto, table);
            }
        }
    }

    static Emulator moto(Setup setup) throws IOException, InterruptedException {
        var port = Setup.freePort();
        return Emulator.start(setup, MOTO, Map.of(), List.of(MOTO, "-p", String.valueOf(port)), port);
    }

    private static void memory(Emulator emulator, Table table) throws IOException, InterruptedException {
        Thread.sleep(1000);
        table.add(IDLE, emulator.name(), Machine.residentBytes(emulator.pid()));
        var end = System.nanoTime() + CALLS_NANOS;
        for (var call = 0; call < CALLS; call++) {
            var _ = emulator.aws().ecs("DescribeClusters", "{}");
            if (System.nanoTime() > end) {
                table.note("%s did %,d calls in 10 s.".formatted(emulator.name(), call));
                break;
            }
        }
        table.add(USED, emulator.name(), Machine.residentBytes(emulator.pid()));
        Thread.sleep(REST_MILLIS);
        table.add(RESTED, emulator.name(), Machine.residentBytes(emulator.pid()));
    }

    private static double size(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void image(Table table) throws InterruptedException {
        try {
            var bytes = Child.run("docker", "image", "inspect", "--format", "{{.Size}}", "hakoniwa");
            table.add(IMAGE, "native", Double.parseDouble(bytes));
        } catch (IOException _) {
            table.note("There is no container image \"hakoniwa\".");
        }
    }
}

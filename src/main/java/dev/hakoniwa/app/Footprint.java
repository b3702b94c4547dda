package dev.hakoniwa.app;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/// How much memory the native executable keeps while nobody asks it for anything.
///
/// A start touches most of its file, and so do calls, as the kernel maps sixteen pages around each one that is needed;
/// the heap grows as it is used. At rest the garbage is collected, and what was only read of the file is let go; the
/// kernel maps it again, from its own cache, where it is needed.
final class Footprint {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final Path EXECUTABLE = Path.of("/proc/self/exe");
    private static final int MADV_DONTNEED = 4;

    /// By then the engine has been found, if it is there, and whoever waited for the port has been answered.
    private static final long START_MILLIS = 500;

    /// How long nobody must ask before it is at rest, at least.
    private static final long REST_MILLIS = 5_000;

    /// A larger heap would be collected for too long a moment: somebody may ask just then.
    private static final long SMALL_HEAP = 64L * 1024 * 1024;

    private volatile boolean inUse;
    private boolean small;

    /// Shrinks after the start, and whenever it comes to rest. What load balancers carry at ports of their own is not
    /// heard of, so that nothing is shrunk again and again under it. Does nothing on a JVM.
    void watch(Vertx vertx) {
        if ("runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"))) {
            vertx.setTimer(START_MILLIS, _ -> vertx.executeBlocking(Footprint::shrink));
            vertx.setPeriodic(REST_MILLIS, _ -> {
                if (comesToRest()) {
                    vertx.executeBlocking(Footprint::shrink);
                }
            });
        }
    }

    /// Hears that somebody asks.
    void use() {
        if (!inUse) {
            inUse = true;
        }
    }

    /// Whether nobody has asked since the last call; true once until somebody asks again.
    boolean comesToRest() {
        var used = inUse;
        inUse = false;
        var rests = !used && !small;
        small = !used;
        return rests;
    }

    /// Does no more than the first half where the system doesn't tell its mappings.
    private static boolean shrink() {
        var runtime = Runtime.getRuntime();
        if (runtime.totalMemory() - runtime.freeMemory() < SMALL_HEAP) {
            System.gc();
        }
        try {
            var executable = EXECUTABLE.toRealPath().toString();
            Mapping.readIn(Files.readAllLines(MAPPINGS)).stream()
                    .filter(mapping -> mapping.isUnchangedPartOf(executable))
                    .forEach(Footprint::letGo);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static void letGo(Mapping mapping) {
        var _ = madvise(
                WordFactory.unsigned(mapping.begin()),
                WordFactory.unsigned(mapping.end() - mapping.begin()),
                MADV_DONTNEED);
    }

    @CFunction(transition = Transition.NO_TRANSITION)
    private static native int madvise(UnsignedWord address, UnsignedWord length, int advice);

    /// A part of the address space, as the kernel tells it.
    ///
    /// @param changed how many KiB of it differ from its file
    record Mapping(long begin, long end, String permissions, String file, long changed) {
        /// What `smaps` says of each mapping: a line with its range, permissions and file, and lines of figures.
        static List<Mapping> readIn(List<String> lines) {
            var mappings = new ArrayList<Mapping>();
            for (var line : lines) {
                var words = line.split(" +", -1);
                if (words[0].equals("Anonymous:")) {
                    var last = mappings.removeLast();
                    mappings.add(last.withChanged(Long.parseLong(words[1])));
                } else if (!words[0].endsWith(":")) {
                    var range = words[0].split("-", -1);
                    mappings.add(new Mapping(
                            Long.parseUnsignedLong(range[0], 16),
                            Long.parseUnsignedLong(range[1], 16),
                            words[1],
                            words.length > 5 ? words[5] : "",
                            0));
                }
            }
            return mappings;
        }

        /// Whether it may be read again from the file at any time.
        boolean isUnchangedPartOf(String executable) {
            return file.equals(executable) && permissions.startsWith("r-") && changed == 0;
        }

        private Mapping withChanged(long kibibytes) {
            return new Mapping(begin, end, permissions, file, kibibytes);
        }
    }
}

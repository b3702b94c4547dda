package dev.hakoniwa.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/// How much of its own file the native executable keeps in memory.
///
/// A start touches most of the file, as the kernel maps sixteen pages around each one that is needed, and hardly any of
/// it is needed again. What was only read is let go; the kernel maps it again, from its own cache, where it is needed.
final class Footprint {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final Path EXECUTABLE = Path.of("/proc/self/exe");
    private static final int MADV_DONTNEED = 4;

    private Footprint() {}

    /// Lets go of what the start has touched. Does nothing on a JVM, or where the system doesn't tell its mappings.
    static void shrink() {
        if (!"runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"))) {
            return;
        }
        try {
            var executable = EXECUTABLE.toRealPath().toString();
            Mapping.readIn(Files.readAllLines(MAPPINGS)).stream()
                    .filter(mapping -> mapping.isUnchangedPartOf(executable))
                    .forEach(Footprint::letGo);
        } catch (IOException _) {
            // then it stays as it is
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

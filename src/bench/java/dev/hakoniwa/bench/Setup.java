package dev.hakoniwa.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What every section has at hand.
///
/// @param rounds how often everything is measured, each subject in turn
/// @param folder for temporary files; it goes at the end
record Setup(List<Flavour> flavours, int rounds, Path folder) implements AutoCloseable {
    /// How long a load lasts.
    static final int SECONDS = 3;

    static final int WARM_UP_SECONDS = 2;

    static Setup of(List<Flavour> flavours, int rounds) throws IOException {
        var folder = Files.createTempDirectory("hakoniwa-bench-");
        // nginx, when root starts it, reads files as somebody else.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Setup(flavours, rounds, folder);
    }

    /// Something that is done to a subject in every round.
    interface Step<T> {
        void measure(T subject) throws Exception;
    }

    /// Measures A, B, A, B, …: what disturbs the machine meanwhile disturbs both.
    <T> void alternate(int times, List<T> subjects, Step<T> step) throws Exception {
        for (var round = 0; round < times; round++) {
            for (var subject : subjects) {
                step.measure(subject);
            }
        }
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Where a program is installed.
    static Optional<Path> find(String program) {
        var folders = System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(folders.split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.hakoniwa.docker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import dev.hakoniwa.core.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// An image for tests, made of this machine's static busybox: its shell, which brings the other tools along. It is
/// removed after the last test.
public final class TestImage {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final TestImage ONLY =
            new TestImage(archive("hakoniwa-test/tools:#", Ids.random().hex(12)));

    private final ImageArchive archive;

    private TestImage(ImageArchive archive) {
        this.archive = archive;
        var daemon = new Daemon(
                DefaultDockerClientConfig.createDefaultConfigBuilder().build());
        new DockerImages(daemon).load(archive);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> daemon.ask(client -> client.removeImageCmd(archive.reference())
                                .withForce(true)
                                .exec()),
                        "test-image"));
    }

    /// The reference of the image, which the usual engine has.
    public static String reference() {
        return ONLY.archive.reference();
    }

    /// The reference of a new image that serves `text` on port 80, which the usual engine has.
    public static String serving(String text) {
        var config = config(Ids.random().hex(12));
        config.remove("Healthcheck");
        config.putArray("Cmd").add("sh").add("-c").add("""
            trap 'exit 0' TERM
            mkdir -p /www
            echo '%s' > /www/index.html
            httpd -f -p 80 -h /www &
            wait""".formatted(text));
        return new TestImage(archive("hakoniwa-test/web:#", config)).archive.reference();
    }

    /// The reference of an image that has the program `print-socket` too, which writes what comes to the Unix socket
    /// /var/run/fluent.sock. The usual engine has it.
    public static String printingSocket() {
        var config = config(Ids.random().hex(12));
        config.remove("Healthcheck");
        var files = Map.of("bin/sh", busybox(), "bin/print-socket", SocketPrinter.file());
        return new TestImage(new ImageArchive("hakoniwa-test/router:#", "amd64", config, ImageArchive.tar(files)))
                .archive.reference();
    }

    /// An image whose content differs from every other's by `mark`. It has a health check that always fails, which
    /// nobody may run who doesn't ask for it.
    static ImageArchive archive(String reference, String mark) {
        return archive(reference, config(mark));
    }

    private static ObjectNode config(String mark) {
        var config = JsonNodeFactory.instance.objectNode();
        config.putArray("Env").add("PATH=/bin");
        config.putArray("Cmd").add("sh").add("-c").add("echo the own command of the image");
        config.putObject("Labels").put("dev.hakoniwa.test", mark);
        var check = config.putObject("Healthcheck");
        check.putArray("Test").add("CMD").add("sh").add("-c").add("exit 1");
        check.put("Interval", 100_000_000L).put("Retries", 1);
        return config;
    }

    private static ImageArchive archive(String reference, ObjectNode config) {
        return new ImageArchive(reference, "amd64", config, ImageArchive.tar(Map.of("bin/sh", busybox())));
    }

    private static byte[] busybox() {
        try {
            return Files.readAllBytes(BUSYBOX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

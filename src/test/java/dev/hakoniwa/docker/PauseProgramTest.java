package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PauseProgramTest {
    private static final int CODE = 0xa0;
    private static final int CALL = 0xd4000001; // svc #0

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void theFileIsOneSegmentThatBeginsAtItsCode(PauseProgram program) {
        var bytes = program.file();

        var file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.getInt(0)).isEqualTo(0x464c457f);
        assertThat(file.getLong(24)).as("entry").isEqualTo(0x400000 + CODE);
        assertThat(file.getLong(32)).as("program headers").isEqualTo(64);
        assertThat(file.getLong(64 + 16)).as("address").isEqualTo(0x400000);
        assertThat(file.getLong(64 + 32)).as("size in the file").isEqualTo(bytes.length);
        assertThat(file.getLong(64 + 40)).as("size in memory").isEqualTo(bytes.length);
        assertThat(file.getLong(0x78)).as("awaited signals").isEqualTo(1L << 14 | 1L << 1);
        assertThat(file.getLong(0x80)).as("SIG_IGN").isEqualTo(1);
        assertThat(bytes).hasSizeLessThan(300);
    }

    /// As `aarch64-linux-gnu-objdump -d` reads it: every instruction of the one is a word.
    @Test
    void theArmCodeIsWhatItsListingSays() {
        var words = words(PauseProgram.ARM64.file());

        assertThat(words)
                .containsExactly(
                        move(8, 135),
                        move(0, 0),
                        move(1, 0x78),
                        moveUpper(1, 0x40),
                        move(2, 0),
                        move(3, 8),
                        CALL,
                        move(8, 134),
                        move(0, 17),
                        move(1, 0x80),
                        moveUpper(1, 0x40),
                        move(2, 0),
                        move(3, 8),
                        CALL,
                        move(8, 137),
                        move(0, 0x78),
                        moveUpper(0, 0x40),
                        move(1, 0),
                        move(2, 0),
                        move(3, 8),
                        CALL,
                        0x7100001f, // cmp w0, #0: subs wzr, w0, #0
                        0x54000000 | (-8 & 0x7ffff) << 5 | 0b1101, // b.le eight instructions back
                        0x11000000 | 128 << 10, // add w0, w0, #128
                        move(8, 94),
                        CALL);
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void theProgramEndsWithTheSignalItGets(String signal, int exitCode) throws Exception {
        var program = PauseProgram.of(System.getProperty("os.arch"));
        assumeTrue(program.isPresent() && System.getProperty("os.name").equals("Linux"));
        var process = new ProcessBuilder(write(program.get()).toString()).start();

        assertThat(process.waitFor(200, TimeUnit.MILLISECONDS))
                .as("ends by itself")
                .isFalse();
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(exitCode);
    }

    /// The other architecture's program runs where QEMU's user emulation is at hand.
    @ParameterizedTest
    @CsvSource({"ARM64, qemu-aarch64-static", "AMD64, qemu-x86_64-static"})
    void theProgramRunsUnderEmulation(PauseProgram program, String emulator) throws Exception {
        var found = Stream.of("/usr/bin", "/usr/local/bin")
                .map(place -> Path.of(place, emulator))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), emulator + " is not there");
        var process = new ProcessBuilder(
                        found.get().toString(), "-strace", write(program).toString())
                .redirectError(folder.resolve("calls").toFile())
                .start();

        assertThat(process.waitFor(500, TimeUnit.MILLISECONDS))
                .as("ends by itself")
                .isFalse();
        process.toHandle().destroy();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(folder.resolve("calls")).stream().map(call -> call.replaceFirst("^\\d+ ", "")))
                .satisfiesExactly(
                        call -> assertThat(call).startsWith("rt_sigprocmask(SIG_BLOCK,"),
                        call -> assertThat(call).startsWith("rt_sigaction(SIGCHLD,"),
                        call -> assertThat(call).startsWith("rt_sigtimedwait("),
                        call -> assertThat(call).startsWith("exit_group(143)"));
    }

    @ParameterizedTest
    @CsvSource({"amd64, AMD64", "x86_64, AMD64", "arm64, ARM64", "aarch64, ARM64"})
    void anEngineSaysWhichProgramItNeeds(String architecture, PauseProgram program) {
        assertThat(PauseProgram.of(architecture)).contains(program);
    }

    @Test
    void otherArchitecturesHaveNone() {
        assertThat(PauseProgram.of("riscv64")).isEmpty();
    }

    /// movz: the register gets these 16 bits.
    private static int move(int register, int value) {
        return 0xd2800000 | value << 5 | register;
    }

    /// movk with lsl #16: the register's second 16 bits get these.
    private static int moveUpper(int register, int value) {
        return 0xf2a00000 | value << 5 | register;
    }

    private static int[] words(byte[] file) {
        var words = ByteBuffer.wrap(file, CODE, file.length - CODE)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        var read = new int[words.remaining()];
        words.get(read);
        return read;
    }

    private Path write(PauseProgram program) throws IOException {
        var file = folder.resolve("pause");
        Files.write(file, program.file());
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}

package dev.hakoniwa.docker;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The program of the pause image: it holds a task's namespaces and does nothing else until SIGTERM or SIGINT ends it
/// (with 128 + the signal, as a shell would say it). Every byte of it is below.
///
/// As the first process of a container it hears no signal that it has no handler for; but the kernel keeps a blocked
/// signal for whom waits for it, so it blocks both and waits. It ignores SIGCHLD, for which the kernel itself buries
/// the orphans of containers that share its process namespace.
enum PauseProgram {
    AMD64(62, """
            b8 0e 00 00 00      mov eax, 14         rt_sigprocmask(
            31 ff               xor edi, edi            SIG_BLOCK,
            be 78 00 40 00      mov esi, 0x400078       the awaited,
            31 d2               xor edx, edx            no old set,
            41 ba 08 00 00 00   mov r10d, 8             a set has 8 bytes)
            0f 05               syscall
            b8 0d 00 00 00      mov eax, 13         rt_sigaction(
            bf 11 00 00 00      mov edi, 17             SIGCHLD,
            be 80 00 40 00      mov esi, 0x400080       ignore it,
            31 d2               xor edx, edx            no old action,
            41 ba 08 00 00 00   mov r10d, 8             a set has 8 bytes)
            0f 05               syscall
            b8 80 00 00 00      mov eax, 128        wait: rt_sigtimedwait(
            bf 78 00 40 00      mov edi, 0x400078       the awaited,
            31 f6               xor esi, esi            no details,
            31 d2               xor edx, edx            no end,
            41 ba 08 00 00 00   mov r10d, 8             a set has 8 bytes)
            0f 05               syscall
            85 c0               test eax, eax       interrupted by something else?
            7e e6               jle wait
            8d b8 80 00 00 00   lea edi, [rax+128]  exit_group(128 + signal)
            b8 e7 00 00 00      mov eax, 231
            0f 05               syscall
            """),
    ARM64(183, """
            e8 10 80 d2         mov x8, #135        rt_sigprocmask(
            00 00 80 d2         mov x0, #0              SIG_BLOCK,
            01 0f 80 d2         mov x1, #0x78           the awaited,
            01 08 a0 f2         movk x1, #0x40, lsl #16
            02 00 80 d2         mov x2, #0              no old set,
            03 01 80 d2         mov x3, #8              a set has 8 bytes)
            01 00 00 d4         svc #0
            c8 10 80 d2         mov x8, #134        rt_sigaction(
            20 02 80 d2         mov x0, #17             SIGCHLD,
            01 10 80 d2         mov x1, #0x80           ignore it,
            01 08 a0 f2         movk x1, #0x40, lsl #16
            02 00 80 d2         mov x2, #0              no old action,
            03 01 80 d2         mov x3, #8              a set has 8 bytes)
            01 00 00 d4         svc #0
            28 11 80 d2         mov x8, #137        wait: rt_sigtimedwait(
            00 0f 80 d2         mov x0, #0x78           the awaited,
            00 08 a0 f2         movk x0, #0x40, lsl #16
            01 00 80 d2         mov x1, #0              no details,
            02 00 80 d2         mov x2, #0              no end,
            03 01 80 d2         mov x3, #8              a set has 8 bytes)
            01 00 00 d4         svc #0
            1f 00 00 71         cmp w0, #0          interrupted by something else?
            0d ff ff 54         b.le wait
            00 00 02 11         add w0, w0, #128    exit_group(128 + signal)
            c8 0b 80 d2         mov x8, #94
            01 00 00 d4         svc #0
            """);

    private static final Pattern BYTES = Pattern.compile("(?m)^((?:[0-9a-f]{2} )+)");
    private static final long ADDRESS = 0x400000;
    private static final int ELF_HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int DATA = 40;
    private static final int CODE = ELF_HEADER + PROGRAM_HEADER + DATA;
    private static final long AWAITED = 1L << (15 - 1) | 1L << (2 - 1); // SIGTERM, SIGINT
    private static final long SIG_IGN = 1;

    private final int machine;
    private final String listing;

    PauseProgram(int machine, String listing) {
        this.machine = machine;
        this.listing = listing;
    }

    /// The program for an engine that says it runs on this architecture, if there is one.
    static Optional<PauseProgram> of(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> Optional.of(AMD64);
            case "arm64", "aarch64" -> Optional.of(ARM64);
            default -> Optional.empty();
        };
    }

    /// The architecture in Go's words, as images say it.
    String architecture() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The whole file: an ELF header, one segment that holds the file itself, the data, the code.
    byte[] file() {
        var code = code();
        var size = CODE + code.length;
        var file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0})
                .putLong(0); // 64 bits, little endian, version 1, System V
        file.putShort((short) 2).putShort((short) machine).putInt(1); // executable, version 1
        file.putLong(ADDRESS + CODE).putLong(ELF_HEADER).putLong(0); // entry, program headers, no section headers
        file.putInt(0).putShort((short) ELF_HEADER); // no flags
        file.putShort((short) PROGRAM_HEADER).putShort((short) 1); // one program header
        file.putShort((short) 64).putShort((short) 0).putShort((short) 0); // no section headers
        file.putInt(1).putInt(5).putLong(0); // load, readable and executable, from the file's start
        file.putLong(ADDRESS).putLong(ADDRESS).putLong(size).putLong(size).putLong(0x10000);
        file.putLong(AWAITED); // at 0x400078
        file.putLong(SIG_IGN).putLong(0).putLong(0).putLong(0); // at 0x400080: handler, flags, restorer, mask
        file.put(code); // at 0x4000a0
        return file.array();
    }

    private byte[] code() {
        var code = new ByteArrayOutputStream();
        BYTES.matcher(listing)
                .results()
                .map(line -> HexFormat.ofDelimiter(" ").parseHex(line.group(1).strip()))
                .forEach(code::writeBytes);
        return code.toByteArray();
    }
}

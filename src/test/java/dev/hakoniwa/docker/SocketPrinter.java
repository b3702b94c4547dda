package dev.hakoniwa.docker;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A program that writes to its output what comes to the Unix socket /var/run/fluent.sock, each piece on a line of its
/// own: what a log router does, told in 159 bytes for amd64. busybox has nothing that listens there.
final class SocketPrinter {
    private static final String LISTING = """
            6a 57                  push 0x57                    unlink(
            58                     pop rax
            48 8d 3d 7f 00 00 00   lea rdi,[rip+0x7f]               the path)
            0f 05                  syscall
            6a 29                  push 0x29                    socket(
            58                     pop rax
            6a 01                  push 0x1                         AF_UNIX,
            5f                     pop rdi
            6a 01                  push 0x1                         SOCK_STREAM,
            5e                     pop rsi
            31 d2                  xor edx,edx                      no protocol)
            0f 05                  syscall
            93                     xchg ebx,eax
            6a 31                  push 0x31                    bind(
            58                     pop rax
            89 df                  mov edi,ebx                      the socket,
            48 8d 35 61 00 00 00   lea rsi,[rip+0x61]               the address,
            6a 18                  push 0x18                        its 24 bytes)
            5a                     pop rdx
            0f 05                  syscall
            6a 32                  push 0x32                    listen(
            58                     pop rax
            89 df                  mov edi,ebx                      the socket,
            6a 08                  push 0x8                         with 8 waiting)
            5e                     pop rsi
            0f 05                  syscall
            6a 2b                  push 0x2b                    next: accept(
            58                     pop rax
            89 df                  mov edi,ebx                      the socket,
            31 f6                  xor esi,esi                      from anybody)
            31 d2                  xor edx,edx
            0f 05                  syscall
            95                     xchg ebp,eax
            6a 39                  push 0x39                    fork()
            58                     pop rax
            0f 05                  syscall
            85 c0                  test eax,eax                 the child?
            74 09                  je 53                        then copy
            6a 03                  push 0x3                     close(
            58                     pop rax
            89 ef                  mov edi,ebp                      what the child reads)
            0f 05                  syscall
            eb e2                  jmp 35                       next
            48 81 ec 00 40 00 00   sub rsp,0x4000               copy: room for a piece
            31 c0                  xor eax,eax                  read(
            89 ef                  mov edi,ebp                      what came,
            48 89 e6               mov rsi,rsp                      into the room,
            ba ff 3f 00 00         mov edx,0x3fff                   but for a byte)
            0f 05                  syscall
            85 c0                  test eax,eax
            7e 14                  jle 80                       at its end, exit
            c6 04 04 0a            mov BYTE PTR [rsp+rax*1],0xa a line break behind it
            8d 50 01               lea edx,[rax+0x1]            write(
            6a 01                  push 0x1
            58                     pop rax
            6a 01                  push 0x1                         stdout, all of it)
            5f                     pop rdi
            48 89 e6               mov rsi,rsp
            0f 05                  syscall
            eb da                  jmp 5a
            6a 3c                  push 0x3c                    exit(0)
            58                     pop rax
            31 ff                  xor edi,edi
            0f 05                  syscall
            01 00                  AF_UNIX
            2f 76 61 72 2f 72 75 6e /var/run
            2f 66 6c 75 65 6e 74 2e /fluent.
            73 6f 63 6b 00 00       sock..
            """;
    private static final Pattern BYTES = Pattern.compile("(?m)^((?:[0-9a-f]{2} )+)");
    private static final long ADDRESS = 0x400000;
    private static final int HEADERS = 64 + 56;

    private SocketPrinter() {}

    /// The whole file: an ELF header, one segment that holds the file itself, the code.
    static byte[] file() {
        var code = code();
        var size = HEADERS + code.length;
        var file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        file.putShort((short) 2).putShort((short) 62).putInt(1);
        file.putLong(ADDRESS + HEADERS).putLong(64).putLong(0).putInt(0).putShort((short) 64);
        file.putShort((short) 56)
                .putShort((short) 1)
                .putShort((short) 64)
                .putShort((short) 0)
                .putShort((short) 0);
        file.putInt(1).putInt(5).putLong(0).putLong(ADDRESS).putLong(ADDRESS);
        file.putLong(size).putLong(size).putLong(0x1000);
        return file.put(code).array();
    }

    private static byte[] code() {
        var code = new ByteArrayOutputStream();
        BYTES.matcher(LISTING)
                .results()
                .map(line -> HexFormat.ofDelimiter(" ").parseHex(line.group(1).strip()))
                .forEach(code::writeBytes);
        return code.toByteArray();
    }
}

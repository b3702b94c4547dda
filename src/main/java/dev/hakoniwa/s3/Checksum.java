package dev.hakoniwa.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// What clients make sure with that an object arrived as it was sent.
enum Checksum {
    CRC32,
    CRC32C,
    CRC64NVME,
    SHA1,
    SHA256;

    /// The polynomial of CRC-64/NVME, lowest bit first.
    private static final long NVME = 0x9a6c9329ac4bc9b5L;

    /// The header or trailer that carries it.
    String header() {
        return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
    }

    static Optional<Checksum> ofHeader(String name) {
        return Stream.of(values())
                .filter(checksum -> checksum.header().equals(name))
                .findFirst();
    }

    /// Of the bytes, in base64.
    String of(byte[] bytes) {
        return Base64.getEncoder()
                .encodeToString(
                        switch (this) {
                            case CRC32 -> crc(new CRC32(), bytes);
                            case CRC32C -> crc(new CRC32C(), bytes);
                            case CRC64NVME -> crc64(bytes);
                            case SHA1 -> digest("SHA-1", bytes);
                            case SHA256 -> digest("SHA-256", bytes);
                        });
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] crc(java.util.zip.Checksum crc, byte[] bytes) {
        crc.update(bytes);
        return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    }

    private static byte[] crc64(byte[] bytes) {
        var crc = -1L;
        for (var b : bytes) {
            crc ^= b & 0xff;
            for (var bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ NVME;
            }
        }
        return ByteBuffer.allocate(Long.BYTES).putLong(~crc).array();
    }
}

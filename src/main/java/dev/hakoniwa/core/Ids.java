package dev.hakoniwa.core;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes the identifiers that AWS would make.
public interface Ids {
    /// Lower-case hexadecimal digits, as in a task id (32) or the tail of a load balancer's ARN (16).
    String hex(int length);

    /// Decimal digits that don't begin with 0, as in a deployment's id (19).
    String digits(int length);

    /// Characters of an alphabet, as in the last part of a secret's ARN.
    default String characters(String alphabet, int length) {
        var hex = hex(length * 4);
        return IntStream.range(0, length)
                .map(i -> Integer.parseInt(hex, 4 * i, 4 * i + 4, 16))
                .mapToObj(number -> String.valueOf(alphabet.charAt(number % alphabet.length())))
                .collect(Collectors.joining());
    }

    default String uuid() {
        var hex = hex(32);
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                "4" + hex.substring(13, 16),
                "a" + hex.substring(17, 20),
                hex.substring(20));
    }

    static Ids random() {
        return new Random();
    }

    /// Identifiers nobody can guess.
    final class Random implements Ids {
        private final SecureRandom random = new SecureRandom();
        private final byte[] stock = new byte[4096];
        private int used = stock.length;

        @Override
        public String hex(int length) {
            return HexFormat.of().formatHex(bytes((length + 1) / 2)).substring(0, length);
        }

        @Override
        public String digits(int length) {
            var digits = random.ints(length, 0, 10)
                    .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append);
            digits.setCharAt(0, (char) ('1' + random.nextInt(9)));
            return digits.toString();
        }

        @Override
        public String uuid() {
            var bits = ByteBuffer.wrap(bytes(16));
            return new UUID(
                            (bits.getLong() & ~0xF000L) | 0x4000L, // version 4
                            (bits.getLong() >>> 2) | (1L << 63)) // variant 10
                    .toString();
        }

        /// Taken from a stock, as asking for a few bytes costs as much as asking for many.
        private synchronized byte[] bytes(int number) {
            if (number > stock.length) {
                var bytes = new byte[number];
                random.nextBytes(bytes);
                return bytes;
            }
            if (used + number > stock.length) {
                random.nextBytes(stock);
                used = 0;
            }
            used += number;
            return Arrays.copyOfRange(stock, used - number, used);
        }
    }
}

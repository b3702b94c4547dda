package dev.hakoniwa.bench;

import java.util.Locale;

/// How a figure is written.
enum Unit {
    PER_SECOND("/s") {
        @Override
        String write(double value) {
            return String.format(Locale.ROOT, "%,.0f/s", value);
        }
    },
    SECONDS("s") {
        @Override
        String write(double value) {
            if (value < 0.001) {
                return String.format(Locale.ROOT, "%.0f µs", value * 1e6);
            }
            return value < 1
                    ? String.format(Locale.ROOT, value < 0.1 ? "%.1f ms" : "%.0f ms", value * 1e3)
                    : String.format(Locale.ROOT, "%.2f s", value);
        }
    },
    BYTES("B") {
        @Override
        String write(double value) {
            if (value < 100 * 1024) {
                return String.format(Locale.ROOT, "%.1f KiB", value / 1024);
            }
            return String.format(Locale.ROOT, "%,.1f MiB", value / (1024 * 1024));
        }
    },
    BYTES_PER_SECOND("B/s") {
        @Override
        String write(double value) {
            return String.format(Locale.ROOT, "%,.0f MB/s", value / 1e6);
        }
    };

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    abstract String write(double value);

    @Override
    public String toString() {
        return symbol;
    }
}

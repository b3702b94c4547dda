package dev.hakoniwa.bench;

import java.nio.file.Path;
import java.util.List;

/// A way to run the emulator.
///
/// @param files what users would have to download: a file, or a folder
record Flavour(String name, List<String> command, Path files) {
    @Override
    public String toString() {
        return name + ": " + String.join(" ", command);
    }
}

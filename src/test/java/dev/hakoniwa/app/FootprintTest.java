package dev.hakoniwa.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.app.Footprint.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class FootprintTest {
    private static final String SMAPS = """
            00410000-02f4e000 r-xp 00010000 fe:00 2147488                            /opt/hakoniwa
            Size:              44280 kB
            Rss:               20920 kB
            Anonymous:             0 kB
            VmFlags: rd ex mr mw me
            7fbab3a00000-7fbab4e00000 r--p 02b80000 fe:00 2147488                    /opt/hakoniwa
            Anonymous:             4 kB
            7fbab4e00000-7fbab6402000 rw-p 03f80000 fe:00 2147488                    /opt/hakoniwa
            Anonymous:             0 kB
            7fbab7080000-7fbab7500000 rw-p 00000000 00:00 0\s
            Anonymous:          4108 kB
            7fc2b3a70000-7fc2b3bc6000 r-xp 00026000 fe:00 339380                     /usr/lib/libc.so.6
            Anonymous:             0 kB
            """;

    @Test
    void itComesToRestOnceAfterEachTimeOfUse() {
        var footprint = new Footprint();
        assertThat(footprint.comesToRest()).isTrue();
        assertThat(footprint.comesToRest()).isFalse();

        footprint.use();

        assertThat(footprint.comesToRest()).isFalse();
        assertThat(footprint.comesToRest()).isTrue();
        assertThat(footprint.comesToRest()).isFalse();
    }

    @Test
    void onlyWhatWasNeverWrittenOfTheExecutableIsLetGo() {
        var mappings = Mapping.readIn(SMAPS.lines().toList());

        assertThat(mappings).hasSize(5);
        assertThat(mappings)
                .filteredOn(mapping -> mapping.isUnchangedPartOf("/opt/hakoniwa"))
                .containsExactly(new Mapping(0x410000, 0x2f4e000, "r-xp", "/opt/hakoniwa", 0));
        assertThat(mappings.get(1).changed()).isEqualTo(4);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theMappingsOfThisProcessAreUnderstood() throws IOException {
        var mappings = Mapping.readIn(Files.readAllLines(Path.of("/proc/self/smaps")));

        assertThat(mappings).extracting(Mapping::file).anyMatch(file -> file.endsWith("/libc.so.6"));
        assertThat(mappings).allMatch(mapping -> mapping.begin() < mapping.end() || mapping.begin() < 0);
    }
}

package dev.hakoniwa.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class IdsTest {
    private final Ids ids = Ids.random();

    @Test
    void aUuidIsARandomOneOfItsKind() {
        var uuids =
                Stream.generate(ids::uuid).limit(1_000).map(UUID::fromString).toList();

        assertThat(uuids).doesNotHaveDuplicates().allMatch(uuid -> uuid.version() == 4 && uuid.variant() == 2);
    }

    @Test
    void digitsMayBeAskedForInAnyNumber() {
        assertThat(ids.hex(7)).matches("[0-9a-f]{7}");
        assertThat(ids.hex(20_000)).matches("[0-9a-f]{20000}");
        assertThat(ids.characters("ab", 5_000)).matches("[ab]{5000}");
        assertThat(Stream.generate(() -> ids.hex(32)).limit(1_000)).doesNotHaveDuplicates();
    }
}

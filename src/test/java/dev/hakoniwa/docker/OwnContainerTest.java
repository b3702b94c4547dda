package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.runtime.ContainerId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnContainerTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String ROOT = "612 500 0:52 / / rw,relatime - overlay overlay rw,lowerdir=/var/lib/docker";

    @Test
    void theFolderOfTheHostnameBearsTheContainersId() {
        var hostname = "640 612 254:0 /var/lib/docker/containers/%s/hostname /etc/hostname rw - ext4 /dev/vda rw";

        assertThat(OwnContainer.id(List.of(ROOT, hostname.formatted(ID)))).contains(new ContainerId(ID));
    }

    @Test
    void podmansFoldersBearItToo() {
        var hostname =
                "90 80 0:31 /containers/storage/overlay-containers/%s/userdata/hostname /etc/hostname rw - tmpfs";

        assertThat(OwnContainer.id(List.of(ROOT, hostname.formatted(ID)))).contains(new ContainerId(ID));
    }

    /// As a container's own files are, to an emulator on the machine itself.
    @Test
    void aMountOfSomethingElseIsNoSign() {
        var other = "700 30 254:0 /var/lib/docker/containers/%s/mounts/shm /var/lib/shm rw - tmpfs shm rw";

        assertThat(OwnContainer.id(List.of(ROOT, other.formatted(ID)))).isEmpty();
    }
}

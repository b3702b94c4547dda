package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Volume;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerSpec.Device;
import dev.hakoniwa.runtime.ContainerSpec.HealthCheck;
import dev.hakoniwa.runtime.ContainerSpec.Limits;
import dev.hakoniwa.runtime.ContainerSpec.Mount;
import dev.hakoniwa.runtime.ContainerSpec.Network;
import dev.hakoniwa.runtime.ContainerSpec.Source;
import dev.hakoniwa.runtime.ContainerSpec.Ulimit;
import dev.hakoniwa.runtime.ContainerSpec.VolumesFrom;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.EngineEvent;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Health;
import dev.hakoniwa.testing.DockerTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every member of a container's specification acts.
@DockerTest
final class DockerOptionsTest extends DockerStory {
    private static final long MIB = 1 << 20;

    @Test
    void theImagesOwnCommandRunsIfNoneIsGiven() {
        var spec = ContainerSpec.of(name("own"), TestImage.reference(), labels());

        assertThat(textOf(spec)).containsExactly("the own command of the image");
    }

    @Test
    void entryPointAndCommandTakeTheImagesPlace() {
        var spec = shell("entry", "").entryPoint("sh", "-c", "echo $0 $1").command("one", "two");

        assertThat(textOf(spec.build())).containsExactly("one two");
    }

    @Test
    void theEnvironmentIsSetBesidesTheImages() {
        var spec = shell("env", "echo $COLOUR; echo $PATH; echo \"$ODD\"")
                .environment(Map.of("COLOUR", "green", "ODD", "a=b \"c\" 'd'"));

        assertThat(textOf(spec.build())).containsExactly("green", "/bin", "a=b \"c\" 'd'");
    }

    @Test
    void gpusAreAskedForByTheirIds() {
        var id = containers()
                .create(shell("gpus", "true")
                        .option("gpus", List.of("GPU-1", "GPU-2"))
                        .build());

        var requests = inspect(id).getHostConfig().getDeviceRequests();

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.getDeviceIds()).containsExactly("GPU-1", "GPU-2");
            assertThat(request.getCapabilities()).containsExactly(List.of("gpu"));
        });
    }

    @Test
    void userFolderAndHostname() {
        var spec = shell("who", "id -u; id -g; pwd; hostname")
                .option("user", "1234:5678")
                .option("workingDirectory", "/tmp/work")
                .option("hostname", "box");

        assertThat(textOf(spec.build())).containsExactly("1234", "5678", "/tmp/work", "box");
    }

    @Test
    void limitsReachTheEngine() {
        var limits =
                new Limits(512, 0.25, 64 * MIB, 32 * MIB, 128 * MIB, 10, List.of(new Ulimit("nofile", 1000, 2000)), "");
        var id = run(endless("limits").limits(limits).build());

        var config = inspect(id).getHostConfig();

        assertThat(config.getCpuShares()).isEqualTo(512);
        assertThat(config.getNanoCPUs()).isEqualTo(250_000_000);
        assertThat(config.getMemory()).isEqualTo(64 * MIB);
        assertThat(config.getMemoryReservation()).isEqualTo(32 * MIB);
        assertThat(config.getMemorySwap()).isEqualTo(128 * MIB);
        assertThat(config.getMemorySwappiness()).isEqualTo(10);
        assertThat(config.getUlimits()).singleElement().satisfies(limit -> {
            assertThat(limit.getName()).isEqualTo("nofile");
            assertThat(limit.getSoftLong()).isEqualTo(1000);
            assertThat(limit.getHardLong()).isEqualTo(2000);
        });
    }

    @Test
    void aUlimitHoldsInTheContainer() {
        var limits = new Limits(0, 0, 0, 0, 0, null, List.of(new Ulimit("nofile", 1000, 2000)), "");

        assertThat(textOf(
                        shell("ulimit", "ulimit -Sn; ulimit -Hn").limits(limits).build()))
                .containsExactly("1000", "2000");
    }

    @Test
    void aContainerThatWantsTooMuchMemoryIsKilledWithTheFlag() {
        var id = run(shell("hungry", "tail /dev/zero").memory(16 * MIB).build());

        eventually(() -> assertThat(events())
                .anyMatch(event -> event instanceof EngineEvent.Exited exited
                        && exited.container().equals(id)
                        && exited.exitCode() == 137
                        && exited.outOfMemory()));
        var state = containers().inspect(id);
        assertThat(state.exitCode()).isEqualTo(137);
        assertThat(state.outOfMemory()).isTrue();
    }

    @Test
    void theRootFileSystemCanBeReadOnlyBesidesTmpfs() {
        var spec = shell(
                        "readonly",
                        "touch /a || echo refused; touch /scratch/a && echo written; df -m /scratch | tail -1")
                .option("readOnlyRootFilesystem", true)
                .option("tmpfs", Map.of("/scratch", "size=5m,mode=1777"));

        assertThat(textOf(spec.build()))
                .contains("refused", "written")
                .anyMatch(line -> line.matches("tmpfs +5 +.*/scratch"));
    }

    @Test
    void capabilitiesAreAddedAndDropped() {
        var with = shell("with", "hostname other && hostname").option("addCapabilities", List.of("SYS_ADMIN"));
        var without = shell("without", "chown 5 /tmp || echo refused").option("dropCapabilities", List.of("CHOWN"));

        assertThat(textOf(with.build())).containsExactly("other");
        assertThat(textOf(without.build())).contains("refused");
    }

    @Test
    void anUnknownCapabilityIsRefused() {
        var spec = endless("odd").option("addCapabilities", List.of("FLY")).build();

        assertThatThrownBy(() -> containers().create(spec))
                .isInstanceOf(EngineException.class)
                .hasMessage("invalid capability: \"FLY\"");
    }

    @Test
    void privilegesReachTheEngine() {
        var id = containers()
                .create(endless("privileged").option("privileged", true).build());

        assertThat(inspect(id).getHostConfig().getPrivileged()).isTrue();
    }

    @Test
    void aDeviceIsThereUnderItsName() {
        var spec = shell("device", "head -c 4 /dev/nothing | wc -c")
                .option("devices", List.of(new Device("/dev/zero", "/dev/nothing", "rwm")));

        assertThat(textOf(spec.build())).containsExactly("4");
    }

    @Test
    void sysctlsAndSharedMemory() {
        var spec = shell("sysctl", "cat /proc/sys/net/core/somaxconn; df -m /dev/shm | tail -1")
                .option("sysctls", Map.of("net.core.somaxconn", "1234"))
                .option("sharedMemory", 7 * MIB);

        assertThat(textOf(spec.build())).contains("1234").anyMatch(line -> line.matches("shm +7 +.*/dev/shm"));
    }

    @Test
    void namesAreResolvedAsTold() {
        var spec = shell("dns", "cat /etc/resolv.conf /etc/hosts")
                .option("dnsServers", List.of("192.0.2.53"))
                .option("dnsSearchDomains", List.of("corp.example"))
                .option("extraHosts", List.of("db:192.0.2.7"));

        assertThat(textOf(spec.build()))
                .contains("nameserver 192.0.2.53", "search corp.example")
                .anyMatch(line -> line.matches("192\\.0\\.2\\.7\\s+db"));
    }

    @Test
    void aLinkNamesAnotherContainer() {
        run(endless("server").build());
        var spec = shell("client", "cat /etc/hosts").option("links", List.of(name("server") + ":backend"));

        assertThat(textOf(spec.build())).anyMatch(line -> line.matches("172\\..*\\sbackend .*"));
    }

    @Test
    void securityOptionsReachTheEngine() {
        var id = containers()
                .create(endless("secure")
                        .option("securityOptions", List.of("no-new-privileges"))
                        .build());

        assertThat(inspect(id).getHostConfig().getSecurityOpts()).containsExactly("no-new-privileges");
    }

    @Test
    void anInitProcessBuriesOrphans() {
        var spec = shell("init", "cat /proc/1/comm").option("init", true);

        assertThat(textOf(spec.build())).singleElement().asString().contains("init");
    }

    @Test
    void aTerminalAndAnOpenInput() {
        var terminal = shell("tty", "test -t 1 && echo terminal").option("pseudoTerminal", true);
        var open = shell("open", "cat").option("interactive", true);

        assertThat(textOf(terminal.build())).containsExactly("terminal");
        var reader = run(open.build());
        assertThat(inspect(reader).getConfig().getStdinOpen()).isTrue();
        assertThat(containers().inspect(reader).status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void aVolumeIsSharedAndMayBeReadOnly() {
        volumes().create(name("shared"), "", Map.of(), labels());
        textOf(shell("writer", "echo hello > /data/a")
                .volume(name("shared"), "/data")
                .build());
        var reader = shell("reader", "cat /in/a; touch /in/b || echo refused")
                .mounting(new Mount(new Source.Volume(name("shared")), "/in", true));

        assertThat(textOf(reader.build())).contains("hello", "refused");
    }

    @Test
    void aFolderOfTheHostIsMounted(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a"), "from the host\n");
        var spec = shell("bind", "cat /in/a; echo back > /in/b")
                .mounting(new Mount(new Source.HostPath(folder.toString()), "/in", false));

        assertThat(textOf(spec.build())).containsExactly("from the host");
        assertThat(folder.resolve("b")).hasContent("back\n");
    }

    @Test
    void volumesComeFromAnotherContainer() {
        volumes().create(name("shared"), "", Map.of(), labels());
        var owner = run(endless("owner").volume(name("shared"), "/data").build());
        var reader = shell("reader", "touch /data/a || echo refused")
                .option("volumesFrom", List.of(new VolumesFrom(owner, true)));
        var writer = shell("writer", "touch /data/a && echo written")
                .option("volumesFrom", List.of(new VolumesFrom(owner, false)));

        assertThat(textOf(reader.build())).contains("refused");
        assertThat(textOf(writer.build())).containsExactly("written");
    }

    @Test
    void processesAndMemoryAreSharedWithAnotherContainer() {
        var owner = run(endless("owner").option("ipcMode", "shareable").build());
        var guest = shell("guest", "ls -d /proc/[0-9]* | wc -l; cat /proc/1/cmdline")
                .option("pidMode", "container:" + owner)
                .option("ipcMode", "container:" + owner);

        assertThat(textOf(guest.build())).anyMatch(line -> line.contains("trap"));
    }

    @Test
    void anotherLogDriverIsUsed() {
        var id = containers()
                .create(endless("local")
                        .logging("local", Map.of("max-size", "1m"))
                        .build());

        var config = inspect(id).getHostConfig().getLogConfig();
        assertThat(config.getType().getType()).isEqualTo("local");
        assertThat(config.config).containsEntry("max-size", "1m");
    }

    @Test
    void anUnknownLogDriverIsRefused() {
        assertThatThrownBy(() -> containers()
                        .create(endless("odd").logging("pigeon", Map.of()).build()))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessage("logger: no log driver named 'pigeon' is registered");
    }

    @Test
    void theImagesOwnHealthCheckNeverRuns() {
        var id = run(shell("unchecked", "sleep 2").build());

        eventually(() -> assertThat(containers().inspect(id).status()).isEqualTo(Status.EXITED));

        assertThat(events()).noneMatch(EngineEvent.HealthChanged.class::isInstance);
        assertThat(known(inspect(id).getConfig().getHealthcheck()).getTest()).containsExactly("NONE");
    }

    @Test
    void aHealthCheckKeepsItsTimes() {
        var check = new HealthCheck(
                List.of("CMD", "sh", "-c", "exit 0"),
                Duration.ofSeconds(7),
                Duration.ofSeconds(3),
                5,
                Duration.ofSeconds(60));
        var id = containers().create(endless("checked").checked(check).build());

        var known = known(inspect(id).getConfig().getHealthcheck());
        assertThat(known.getTest()).containsExactly("CMD", "sh", "-c", "exit 0");
        assertThat(known.getInterval()).isEqualTo(7_000_000_000L);
        assertThat(known.getTimeout()).isEqualTo(3_000_000_000L);
        assertThat(known.getRetries()).isEqualTo(5);
        assertThat(known.getStartPeriod()).isEqualTo(60_000_000_000L);
        assertThat(containers().inspect(id).health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void theHostsNetworkAndNone() {
        var host = shell("host", "ls /sys/class/net").on(new Network.Host());
        var none = shell("none", "ls /sys/class/net").on(new Network.None());

        assertThat(textOf(host.build())).contains("docker0");
        assertThat(textOf(none.build())).containsExactly("lo");
    }

    @Test
    void aProgramThatIsNotThereIsTold() {
        var id = containers().create(shell("lost", "").entryPoint("/nonsense").build());

        assertThatThrownBy(() -> containers().start(id))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("exec: \"/nonsense\": stat /nonsense: no such file or directory");
        assertThat(containers().inspect(id).error()).contains("/nonsense");
        assertThat(containers().inspect(id).status()).isEqualTo(Status.CREATED);
    }

    @Test
    void removingAContainerRemovesItsAnonymousVolumes() {
        var created = daemon().ask(client -> client.createContainerCmd(TestImage.reference())
                .withName(name("anonymous"))
                .withLabels(labels())
                .withVolumes(new Volume("/data"))
                .exec());
        var id = new ContainerId(created.getId());
        var volume = known(inspect(id).getMounts()).getFirst().getName();

        containers().remove(id);

        assertThat(volumes().exists(String.valueOf(volume))).isFalse();
    }
}

package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static dev.hakoniwa.story.TaskStory.endless;
import static dev.hakoniwa.story.TaskStory.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.testing.DockerTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;
import software.amazon.awssdk.services.ecs.model.IpcMode;
import software.amazon.awssdk.services.ecs.model.PidMode;
import software.amazon.awssdk.services.ecs.model.UlimitName;

/// What a container definition says of a container holds inside it.
@DockerTest
final class ContainerOptionsTest {
    @RegisterExtension
    private static final TaskStory AWS = new TaskStory();

    @Test
    void entryPointCommandEnvironmentFolderAndUser() {
        var app = shell("app", "")
                .entryPoint(
                        "sh",
                        "-c",
                        "echo $0 $1; echo \"$TEXT\"; pwd; id -u; id -g; echo $AWS_REGION $AWS_EXECUTION_ENV")
                .command("one", "two")
                .environment(e -> e.name("TEXT").value("a=b 'c' \"d\" é"))
                .workingDirectory("/tmp/work")
                .user("1234:5678");

        assertThat(AWS.outputOf(app))
                .containsExactly("one two", "a=b 'c' \"d\" é", "/tmp/work", "1234", "5678", "us-east-1 AWS_ECS_EC2");
    }

    @Test
    void ulimits() {
        var app = shell("app", "ulimit -Sn; ulimit -Hn; ulimit -c")
                .ulimits(
                        u -> u.name(UlimitName.NOFILE).softLimit(1000).hardLimit(2000),
                        u -> u.name(UlimitName.CORE).softLimit(0).hardLimit(0));

        assertThat(AWS.outputOf(app)).containsExactly("1000", "2000", "0");
    }

    @Test
    void capabilitiesAreAddedAndDropped() {
        var task = AWS.stopped(AWS.run(AWS.define(
                shell("app", "")
                        .dependsOn(Stream.of("with", "without", "secure")
                                .map(ContainerOptionsTest::ended)
                                .toList()),
                shell("with", "hostname other && hostname")
                        .essential(false)
                        .linuxParameters(l -> l.capabilities(c -> c.add("SYS_ADMIN"))),
                shell("without", "chown 5 /tmp 2>/dev/null || echo refused")
                        .essential(false)
                        .linuxParameters(l -> l.capabilities(c -> c.drop("CHOWN"))),
                shell("secure", "grep NoNewPrivs /proc/self/status")
                        .essential(false)
                        .dockerSecurityOptions("no-new-privileges"))));

        assertThat(AWS.output(task, "with")).containsExactly("other");
        assertThat(AWS.output(task, "without")).containsExactly("refused");
        assertThat(AWS.output(task, "secure")).singleElement().asString().matches("NoNewPrivs:\\s+1");
    }

    @Test
    void linuxParameters() {
        var app = shell(
                        "app",
                        "cat /proc/1/comm; head -c 4 /dev/nothing | wc -c; df -m /dev/shm /scratch | sed 1d; "
                                + "cat /sys/fs/cgroup/memory/memory.swappiness; touch /scratch/run; chmod +x /scratch/run; "
                                + "/scratch/run 2>/dev/null || echo no programs")
                .linuxParameters(l -> l.initProcessEnabled(true)
                        .devices(d -> d.hostPath("/dev/zero")
                                .containerPath("/dev/nothing")
                                .permissionsWithStrings("read"))
                        .sharedMemorySize(7)
                        .tmpfs(t -> t.containerPath("/scratch").size(5).mountOptions("noexec"))
                        .maxSwap(16)
                        .swappiness(11));

        assertThat(AWS.outputOf(app)).hasSize(6).satisfies(lines -> {
            assertThat(lines.getFirst()).contains("init");
            assertThat(lines.get(1)).isEqualTo("4");
            assertThat(lines.get(2)).matches("shm +7 .*");
            assertThat(lines.get(3)).matches("tmpfs +5 .*/scratch");
            assertThat(lines.get(4)).isEqualTo("11");
            assertThat(lines.get(5)).isEqualTo("no programs");
        });
    }

    @Test
    void theRootFileSystemMayBeReadOnly() {
        var app = shell("app", "touch /a 2>/dev/null || echo refused").readonlyRootFilesystem(true);

        assertThat(AWS.outputOf(app)).containsExactly("refused");
    }

    @Test
    void hostnameNamesAndKernelParameters() {
        var app = shell(
                        "app",
                        "hostname; grep -w legacy /etc/hosts | tr '\\t' ' '; cat /etc/resolv.conf; "
                                + "cat /proc/sys/net/core/somaxconn /proc/sys/kernel/msgmax")
                .hostname("box")
                .extraHosts(h -> h.hostname("legacy").ipAddress("192.0.2.7"))
                .dnsServers("192.0.2.53")
                .dnsSearchDomains("corp.example")
                .systemControls(
                        s -> s.namespace("net.core.somaxconn").value("1234"),
                        s -> s.namespace("kernel.msgmax").value("4321"));

        assertThat(AWS.outputOf(app))
                .startsWith("box", "192.0.2.7 legacy")
                .contains("nameserver 192.0.2.53", "search corp.example")
                .endsWith("1234", "4321");
    }

    @Test
    void aTerminalAndAnOpenInput() {
        var task = AWS.running(AWS.run(AWS.define(
                shell("terminal", "test -t 1 && echo terminal; cat")
                        .pseudoTerminal(true)
                        .interactive(true),
                shell("open", "cat; echo ended").interactive(true),
                shell("shut", "cat; echo ended").essential(false))));

        eventually(() -> assertThat(AWS.output(task, "terminal")).containsExactly("terminal"));
        eventually(() -> assertThat(AWS.output(task, "shut")).containsExactly("ended"));
        assertThat(AWS.onEngine(task, "open").status()).isEqualTo(Status.RUNNING);
        assertThat(AWS.output(task, "open")).isEmpty();
    }

    @Test
    void aContainerWithoutNetworkBesideOneThatHasIt() {
        var task = AWS.stopped(AWS.run(AWS.define(
                shell("with", "ls /sys/class/net"),
                shell("without", "ls /sys/class/net").disableNetworking(true))));

        assertThat(AWS.output(task, "with")).contains("eth0");
    }

    @Test
    void theContainersOfATaskMayShareProcesses() {
        var definition = List.of(shell("marked", "sleep 1000"), shell("seeing", SEES_SLEEPER));

        var bridge = AWS.run(AWS.define(r -> r.pidMode(PidMode.TASK), array(definition)));
        var awsvpc = AWS.runAwsvpc(AWS.define(r -> r.pidMode(PidMode.TASK).networkMode("awsvpc"), array(definition)));
        var host = AWS.stopped(
                AWS.run(AWS.define(r -> r.pidMode(PidMode.HOST), shell("seeing", "ps -o comm | grep -c dockerd"))));

        eventually(() -> assertThat(AWS.output(bridge, "seeing")).containsExactly("seen"));
        eventually(() -> assertThat(AWS.output(awsvpc, "seeing")).containsExactly("seen"));
        assertThat(AWS.output(host, "seeing")).containsExactly("1");
    }

    @Test
    void theContainersOfATaskMayShareMemory() {
        var definition = List.of(
                shell("writer", "echo hello > /dev/shm/note; sleep 1000"),
                shell("reader", "until cat /dev/shm/note; do sleep 0.1; done 2>/dev/null; sleep 1000"));

        var bridge = AWS.run(AWS.define(r -> r.ipcMode(IpcMode.TASK), array(definition)));
        var awsvpc = AWS.runAwsvpc(AWS.define(r -> r.ipcMode(IpcMode.TASK).networkMode("awsvpc"), array(definition)));
        var none = AWS.stopped(
                AWS.run(AWS.define(r -> r.ipcMode(IpcMode.NONE), shell("alone", "[ -d /dev/shm ] || echo none"))));

        eventually(() -> assertThat(AWS.output(bridge, "reader")).containsExactly("hello"));
        eventually(() -> assertThat(AWS.output(awsvpc, "reader")).containsExactly("hello"));
        assertThat(AWS.output(none, "alone")).containsExactly("none");
    }

    private static ContainerDependency ended(String container) {
        return ContainerDependency.builder()
                .containerName(container)
                .condition(ContainerCondition.COMPLETE)
                .build();
    }

    /// Says so once it has seen the process of the other container.
    private static final String SEES_SLEEPER =
            "until ps -o args | grep -v grep | grep -q 'sleep 1000'; do sleep 0.1; done; echo seen; sleep 1000";

    private static ContainerDefinition.Builder[] array(List<ContainerDefinition.Builder> containers) {
        return containers.toArray(ContainerDefinition.Builder[]::new);
    }

    /// No machine has a GPU of that id.
    @Test
    void whatTheEngineSaysOfGpusThatItHasNotIsTheContainersReason() {
        AWS.ecs().createCluster(c -> c.clusterName("gpus"));
        var instance = AWS.ecs()
                .registerContainerInstance(r -> r.cluster("gpus")
                        .instanceIdentityDocument("{\"instanceId\": \"i-0a1b2c3d\", \"instanceType\": \"m5.large\"}")
                        .instanceIdentityDocumentSignature("signature")
                        .totalResources(g -> g.name("GPU").type("STRINGSET").stringSetValue("GPU-of-nobody")))
                .containerInstance()
                .containerInstanceArn();
        var definition = AWS.define(
                endless("app").resourceRequirements(g -> g.type("GPU").value("1")));

        var task = AWS.ecs()
                .startTask(s -> s.cluster("gpus").containerInstances(instance).taskDefinition(definition))
                .tasks()
                .getFirst();

        assertThat(task.containers().getFirst().gpuIds()).containsExactly("GPU-of-nobody");
        eventually(() -> assertThat(AWS.ecs()
                        .describeTasks(d -> d.cluster("gpus").tasks(task.taskArn()))
                        .tasks()
                        .getFirst()
                        .containers()
                        .getFirst()
                        .reason())
                .startsWith("CannotStartContainerError: Error response from daemon: "));
    }

    @Test
    void aMemoryLimitHoldsInTheContainer() {
        var app = shell("app", "cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/cpu/cpu.shares")
                .memory(24)
                .memoryReservation(16)
                .cpu(128);

        assertThat(AWS.outputOf(app)).containsExactly(String.valueOf(24 << 20), "128");
        assertThat(AWS.running(AWS.run(AWS.define(endless("app").cpu(0)))).lastStatus())
                .isEqualTo("RUNNING");
    }
}

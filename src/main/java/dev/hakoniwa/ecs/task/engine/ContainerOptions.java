package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.runtime.ContainerSpec.Device;
import dev.hakoniwa.runtime.ContainerSpec.Options;
import dev.hakoniwa.runtime.ContainerSpec.VolumesFrom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeviceCgroupPermission;
import software.amazon.awssdk.services.ecs.model.IpcMode;
import software.amazon.awssdk.services.ecs.model.LinuxParameters;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PidMode;
import software.amazon.awssdk.services.ecs.model.SystemControl;
import software.amazon.awssdk.services.ecs.model.Tmpfs;

/// The members of a container definition that Docker has under its own names (ecs-tasks.md §13).
final class ContainerOptions {
    private static final long MIB = 1024L * 1024;

    private ContainerOptions() {}

    static Options of(LiveTask task, ContainerDefinition container) {
        var linux =
                container.linuxParameters() == null ? LinuxParameters.builder().build() : container.linuxParameters();
        var capabilities = linux.capabilities();
        return new Options(
                container.user(),
                container.workingDirectory(),
                container.hostname(),
                Boolean.TRUE.equals(container.privileged()),
                Boolean.TRUE.equals(container.readonlyRootFilesystem()),
                Boolean.TRUE.equals(container.interactive()),
                Boolean.TRUE.equals(container.pseudoTerminal()),
                Boolean.TRUE.equals(linux.initProcessEnabled()),
                Objects.requireNonNullElse(linux.sharedMemorySize(), 0) * MIB,
                capabilities == null ? List.of() : capabilities.add(),
                capabilities == null ? List.of() : capabilities.drop(),
                container.dockerSecurityOptions(),
                devices(linux),
                task.spec().gpusOf(container),
                tmpfs(linux),
                sysctls(container, control -> task.spec().networkMode() != NetworkMode.AWSVPC || !isOfNetwork(control)),
                container.dnsServers(),
                container.dnsSearchDomains(),
                extraHosts(container),
                links(task, container),
                volumesFrom(task, container),
                pidMode(task),
                ipcMode(task));
    }

    /// The sysctls of the network that any container of an awsvpc task sets: they belong to the owner of the namespace.
    static Map<String, String> networkSysctls(LiveTask task) {
        var sysctls = new LinkedHashMap<String, String>();
        task.spec().containers().forEach(c -> sysctls.putAll(sysctls(c, ContainerOptions::isOfNetwork)));
        return sysctls;
    }

    private static Map<String, String> sysctls(ContainerDefinition container, Predicate<SystemControl> condition) {
        var sysctls = new LinkedHashMap<String, String>();
        container.systemControls().stream()
                .filter(condition)
                .forEach(control -> sysctls.put(control.namespace(), control.value()));
        return sysctls;
    }

    private static boolean isOfNetwork(SystemControl control) {
        return control.namespace().startsWith("net.");
    }

    private static List<Device> devices(LinuxParameters linux) {
        return linux.devices().stream()
                .map(d -> new Device(
                        d.hostPath(),
                        d.containerPath() == null ? d.hostPath() : d.containerPath(),
                        permissions(d.permissions())))
                .toList();
    }

    private static String permissions(List<DeviceCgroupPermission> permissions) {
        if (permissions.isEmpty()) {
            return "rwm";
        }
        var letters = new StringBuilder();
        permissions.forEach(permission -> letters.append(permission.toString().charAt(0)));
        return letters.toString();
    }

    private static Map<String, String> tmpfs(LinuxParameters linux) {
        var mounts = new LinkedHashMap<String, String>();
        linux.tmpfs().forEach(t -> mounts.put(t.containerPath(), options(t)));
        return mounts;
    }

    private static String options(Tmpfs tmpfs) {
        var options = new ArrayList<>(tmpfs.mountOptions());
        options.add("size=" + tmpfs.size() + "m");
        return String.join(",", options);
    }

    private static List<String> extraHosts(ContainerDefinition container) {
        return container.extraHosts().stream()
                .map(h -> h.hostname() + ":" + h.ipAddress())
                .toList();
    }

    private static List<String> links(LiveTask task, ContainerDefinition container) {
        return container.links().stream().map(link -> link(task, link)).toList();
    }

    /// `mysql:db`, with the engine's name of the container in the place of the task's.
    private static String link(LiveTask task, String link) {
        var parts = link.split(":", 2);
        var other = task.container(parts[0]).orElseThrow();
        return EngineNames.container(task, other.name(), other.uuid()) + ":" + parts[parts.length - 1];
    }

    private static List<VolumesFrom> volumesFrom(LiveTask task, ContainerDefinition container) {
        return container.volumesFrom().stream()
                .flatMap(from -> task.container(from.sourceContainer()).stream()
                        .map(other -> new VolumesFrom(
                                Objects.requireNonNull(other.runtime()), Boolean.TRUE.equals(from.readOnly()))))
                .toList();
    }

    private static @Nullable String pidMode(LiveTask task) {
        var mode = task.spec().definition().pidMode();
        return mode == null ? null : mode == PidMode.HOST ? "host" : namespaceOfPause(task);
    }

    private static @Nullable String ipcMode(LiveTask task) {
        var mode = task.spec().definition().ipcMode();
        if (mode == null) {
            return null;
        }
        return mode == IpcMode.TASK ? namespaceOfPause(task) : mode.toString();
    }

    private static @Nullable String namespaceOfPause(LiveTask task) {
        var pause = task.infrastructure().pause();
        return pause == null ? null : "container:" + pause.value();
    }
}

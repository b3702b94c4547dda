package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.ecs.Errors;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/// Which ports the containers of a task may open, and how.
final class PortRules {
    private static final int MOST = 65_535;
    private static final int MOST_IN_RANGE = 100;
    private static final int MOST_MAPPINGS = 100;
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9_-]{0,63}");

    private PortRules() {}

    static void check(Draft draft) {
        var taken = new HashSet<String>();
        var names = new HashSet<String>();
        for (var container : draft.containers()) {
            if (container.portMappings().size() > MOST_MAPPINGS) {
                throw Invalid.container(container.name(), "portMappings");
            }
            for (var mapping : container.portMappings()) {
                mapping(container.name(), mapping);
                mode(draft.networkMode(), mapping);
                once(taken, mapping);
                name(container.name(), names, mapping);
            }
        }
    }

    private static void mapping(String container, PortMapping mapping) {
        Invalid.unlessKnown(mapping.protocol(), container, "protocol");
        Invalid.unlessKnown(mapping.appProtocol(), container, "appProtocol");
        if (mapping.appProtocol() != null && mapping.protocol() == TransportProtocol.UDP) {
            throw Invalid.container(container, "appProtocol");
        }
        if (mapping.containerPortRange() != null) {
            range(container, mapping);
            return;
        }
        if (!isBetween(1, mapping.containerPort())) {
            throw Invalid.container(container, "containerPort");
        }
        if (!isBetween(0, mapping.hostPort())) {
            throw Invalid.container(container, "hostPort");
        }
    }

    private static void range(String container, PortMapping mapping) {
        var matcher = RANGE.matcher(mapping.containerPortRange());
        if (!matcher.matches() || mapping.containerPort() != null || mapping.hostPort() != null) {
            throw Invalid.container(container, "containerPortRange");
        }
        var first = Integer.parseInt(matcher.group(1));
        var last = Integer.parseInt(matcher.group(2));
        if (first < 1 || last > MOST || first > last || last - first >= MOST_IN_RANGE) {
            throw Invalid.container(container, "containerPortRange");
        }
    }

    private static void mode(NetworkMode mode, PortMapping mapping) {
        if (mode == NetworkMode.NONE) {
            throw Errors.client("Port mappings are not supported when networkMode=none.");
        }
        if (mapping.containerPortRange() != null) {
            if (mode == NetworkMode.HOST) {
                throw Errors.client("Container port ranges are not supported when networkMode=host.");
            }
            return;
        }
        if (mode != NetworkMode.BRIDGE && !mapping.containerPort().equals(mapping.hostPort())) {
            throw Errors.client("When networkMode=%s, the host ports and container ports in port mappings must match."
                    .formatted(mode));
        }
    }

    /// A port of the host, which in `awsvpc` mode is the task's, can be had once; port 0 is any that is free.
    private static void once(Set<String> taken, PortMapping mapping) {
        var port = mapping.hostPort();
        if (port == null || port == 0) {
            return;
        }
        var protocol = mapping.protocol() == TransportProtocol.UDP ? "UDP" : "TCP";
        if (!taken.add(protocol + port)) {
            throw Errors.client("%s host port '%d' is mapped multiple times in task.".formatted(protocol, port));
        }
    }

    private static void name(String container, Set<String> names, PortMapping mapping) {
        var name = mapping.name();
        if (name == null) {
            return;
        }
        if (!NAME.matcher(name).matches()) {
            throw Invalid.container(container, "portMappings.name");
        }
        if (!names.add(name)) {
            throw Errors.client(
                    "Port mapping names must be unique within a Task Definition. Duplicate name: %s.".formatted(name));
        }
    }

    private static boolean isBetween(int least, @Nullable Integer port) {
        return port != null && port >= least && port <= MOST;
    }
}

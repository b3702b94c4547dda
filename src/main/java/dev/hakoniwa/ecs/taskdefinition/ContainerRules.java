package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.ecs.Errors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerRestartPolicy;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.HostEntry;
import software.amazon.awssdk.services.ecs.model.SystemControl;
import software.amazon.awssdk.services.ecs.model.Ulimit;

/// What one container of a task definition may be.
final class ContainerRules {
    private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9_.:/@#-]{1,255}");
    private static final int MOST_EXIT_CODES = 50;

    private ContainerRules() {}

    static void check(Draft draft) {
        for (var container : draft.containers()) {
            image(container);
            timeouts(container);
            healthCheck(container.name(), container.healthCheck());
            restartPolicy(container.name(), container.restartPolicy());
            container.ulimits().forEach(ulimit -> ulimit(container.name(), ulimit));
            container.extraHosts().forEach(entry -> extraHost(container.name(), entry));
            container.systemControls().forEach(control -> systemControl(container.name(), control));
            Invalid.unlessKnown(container.versionConsistency(), container.name(), "versionConsistency");
            network(draft, container);
        }
    }

    private static void image(ContainerDefinition container) {
        if (Invalid.isBlank(container.image())) {
            throw Errors.client("Container.image should not be null or empty.");
        }
        if (!IMAGE.matcher(container.image()).matches()) {
            throw Errors.client("Container.image contains invalid characters.");
        }
    }

    private static void timeouts(ContainerDefinition container) {
        Invalid.unlessBetween(0, Integer.MAX_VALUE, container.startTimeout(), container.name(), "startTimeout");
        Invalid.unlessBetween(0, Integer.MAX_VALUE, container.stopTimeout(), container.name(), "stopTimeout");
    }

    private static void healthCheck(String container, @Nullable HealthCheck check) {
        if (check == null) {
            return;
        }
        var how = check.command().isEmpty() ? "" : check.command().getFirst();
        var isNone = how.equals("NONE") && check.command().size() == 1;
        var isCommand = (how.equals("CMD") || how.equals("CMD-SHELL"))
                && check.command().size() > 1;
        if (!isNone && !isCommand) {
            throw Invalid.container(container, "healthCheck.command");
        }
        Invalid.unlessBetween(5, 300, check.interval(), container, "healthCheck.interval");
        Invalid.unlessBetween(2, 60, check.timeout(), container, "healthCheck.timeout");
        Invalid.unlessBetween(1, 10, check.retries(), container, "healthCheck.retries");
        Invalid.unlessBetween(0, 300, check.startPeriod(), container, "healthCheck.startPeriod");
    }

    private static void restartPolicy(String container, @Nullable ContainerRestartPolicy policy) {
        if (policy == null) {
            return;
        }
        if (policy.enabled() == null) {
            throw Invalid.container(container, "restartPolicy.enabled");
        }
        if (policy.ignoredExitCodes().size() > MOST_EXIT_CODES) {
            throw Invalid.container(container, "restartPolicy.ignoredExitCodes");
        }
        Invalid.unlessBetween(
                60, 1_800, policy.restartAttemptPeriod(), container, "restartPolicy.restartAttemptPeriod");
    }

    /// A limit of -1 is none at all.
    private static void ulimit(String container, Ulimit ulimit) {
        if (ulimit.nameAsString() == null || ulimit.softLimit() == null || ulimit.hardLimit() == null) {
            throw Invalid.container(container, "ulimits");
        }
        Invalid.unlessKnown(ulimit.name(), container, "ulimits");
        var isTooSoft =
                ulimit.hardLimit() != -1 && (ulimit.softLimit() == -1 || ulimit.softLimit() > ulimit.hardLimit());
        if (isTooSoft || ulimit.softLimit() < -1 || ulimit.hardLimit() < -1) {
            throw Invalid.containerBecause(
                    container,
                    "The soft limit of ulimit '%s' must not exceed its hard limit.".formatted(ulimit.nameAsString()));
        }
    }

    private static void extraHost(String container, HostEntry entry) {
        if (Invalid.isBlank(entry.hostname()) || Invalid.isBlank(entry.ipAddress())) {
            throw Invalid.container(container, "extraHosts");
        }
    }

    private static void systemControl(String container, SystemControl control) {
        if (Invalid.isBlank(control.namespace()) || control.value() == null) {
            throw Invalid.container(container, "systemControls");
        }
    }

    /// In `awsvpc` mode a container's network is the task's, so that it has no say in it.
    private static void network(Draft draft, ContainerDefinition container) {
        if (!draft.isAwsvpc()) {
            return;
        }
        unsupported(container.hostname() != null, "hostname");
        unsupported(!container.extraHosts().isEmpty(), "extraHosts");
        unsupported(!container.dnsServers().isEmpty(), "dnsServers");
        unsupported(!container.dnsSearchDomains().isEmpty(), "dnsSearchDomains");
        unsupported(Boolean.TRUE.equals(container.disableNetworking()), "disableNetworking");
    }

    private static void unsupported(boolean isUsed, String setting) {
        if (isUsed) {
            throw Errors.client(setting + " is not supported on container when networkMode=awsvpc.");
        }
    }
}

package dev.hakoniwa.ecs.cluster;

import dev.hakoniwa.ecs.Errors;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ClusterConfiguration;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandConfiguration;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandLogging;

/// What a cluster may be called and how it may be set up.
final class ClusterRules {
    static final String CONTAINER_INSIGHTS = "containerInsights";

    private static final String NAME = "^[a-zA-Z0-9\\-_]{1,255}$";
    private static final Pattern NAME_PATTERN = Pattern.compile(NAME);
    private static final Set<String> INSIGHTS = Set.of("disabled", "enabled", "enhanced");

    private ClusterRules() {}

    static String name(String name) {
        if (!NAME_PATTERN.matcher(name).matches()) {
            throw Errors.invalidParameter("Cluster must match " + NAME + ", but was " + name);
        }
        return name;
    }

    static List<ClusterSetting> settings(List<ClusterSetting> settings) {
        settings.forEach(ClusterRules::setting);
        return settings;
    }

    private static void setting(ClusterSetting setting) {
        if (!CONTAINER_INSIGHTS.equals(setting.nameAsString())) {
            throw Errors.invalidParameter(
                    "Invalid setting 'name'. Cluster settings should be one of [containerInsights]");
        }
        if (setting.value() == null || !INSIGHTS.contains(setting.value())) {
            throw Errors.invalidParameter("Invalid setting 'value'");
        }
    }

    static @Nullable ClusterConfiguration configuration(@Nullable ClusterConfiguration configuration) {
        if (configuration != null && configuration.executeCommandConfiguration() != null) {
            executeCommand(configuration.executeCommandConfiguration());
        }
        return configuration;
    }

    private static void executeCommand(ExecuteCommandConfiguration exec) {
        var logging = exec.logging();
        if (logging == ExecuteCommandLogging.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalidParameter(
                    "Invalid executeCommandConfiguration 'logging'. It should be one of [NONE,DEFAULT,OVERRIDE]");
        }
        if (logging == ExecuteCommandLogging.OVERRIDE && exec.logConfiguration() == null) {
            throw Errors.invalidParameter(
                    "A logConfiguration must be specified when executeCommandConfiguration logging is OVERRIDE.");
        }
        if (logging != ExecuteCommandLogging.OVERRIDE && exec.logConfiguration() != null) {
            throw Errors.invalidParameter(
                    "A logConfiguration can only be specified when executeCommandConfiguration logging is OVERRIDE.");
        }
    }
}

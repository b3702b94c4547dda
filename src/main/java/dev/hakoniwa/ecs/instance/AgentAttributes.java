package dev.hakoniwa.ecs.instance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ecs.model.VersionInfo;

/// What the ECS agent that the emulator plays can do, as it registers it.
final class AgentAttributes {
    static final VersionInfo VERSION = VersionInfo.builder()
            .agentVersion("1.99.0")
            .agentHash("4c5e0e9f")
            .dockerVersion("DockerVersion: 25.0.8")
            .build();

    private static final String AGENT = "com.amazonaws.ecs.capability.";
    private static final String ECS = "ecs.capability.";
    private static final int OLDEST_DOCKER = 17;
    private static final int NEWEST_DOCKER = 44;

    private static final List<String> AGENTS = List.of(
            "apparmor",
            "ecr-auth",
            "logging-driver.awsfirelens",
            "logging-driver.awslogs",
            "logging-driver.fluentd",
            "logging-driver.gelf",
            "logging-driver.journald",
            "logging-driver.json-file",
            "logging-driver.none",
            "logging-driver.splunk",
            "logging-driver.syslog",
            "privileged-container",
            "selinux",
            "task-iam-role",
            "task-iam-role-network-host");

    private static final List<String> ECS_OWN = List.of(
            "aws-appmesh",
            "cni-plugin-version",
            "container-health-check",
            "container-ordering",
            "container-port-range",
            "container-restart-policy",
            "docker-plugin.local",
            "docker-volume-driver.local",
            "efs",
            "efsAuth",
            "env-files.s3",
            "execution-role-awslogs",
            "execution-role-ecr-pull",
            "fault-injection",
            "firelens.fluentbit",
            "firelens.fluentd",
            "firelens.options.config.file",
            "firelens.options.config.s3",
            "fsxWindowsFileServer",
            "full-sync",
            "gmsa",
            "increased-task-cpu-limit",
            "pid-ipc-namespace-sharing",
            "private-registry-authentication.secretsmanager",
            "secrets.asm.bootstrap.log-driver",
            "secrets.asm.environment-variables",
            "secrets.ssm.bootstrap.log-driver",
            "secrets.ssm.environment-variables",
            "storage.ebs-task-volume-attach",
            "task-cpu-mem-limit",
            "task-eia",
            "task-eni");

    private AgentAttributes() {}

    static Map<String, String> all() {
        var attributes = new TreeMap<String, String>();
        AGENTS.forEach(name -> attributes.put(AGENT + name, ""));
        ECS_OWN.forEach(name -> attributes.put(ECS + name, ""));
        IntStream.rangeClosed(OLDEST_DOCKER, NEWEST_DOCKER)
                .forEach(minor -> attributes.put(AGENT + "docker-remote-api.1." + minor, ""));
        return attributes;
    }

    /// Whether an attribute tells what an agent can do.
    static boolean isCapability(String name) {
        return name.startsWith(AGENT) || name.startsWith(ECS);
    }
}

package dev.hakoniwa.ecs.taskdefinition;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EFSVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.IpcMode;
import software.amazon.awssdk.services.ecs.model.LinuxParameters;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Secret;

/// What a container instance must be able to do to run a task definition: a name for each feature that it uses, and the
/// versions of Docker's API in which Docker got it.
final class RequiredAttributes {
    private static final String AGENT = "com.amazonaws.ecs.capability.";
    private static final String ECS = "ecs.capability.";

    private final Draft draft;
    private final Set<String> names = new TreeSet<>();

    private RequiredAttributes(Draft draft) {
        this.draft = draft;
    }

    static List<Attribute> of(Draft draft) {
        var attributes = new RequiredAttributes(draft);
        attributes.task();
        draft.containers().forEach(attributes::container);
        return attributes.names.stream()
                .map(name -> Attribute.builder().name(name).build())
                .toList();
    }

    private void task() {
        var request = draft.request();
        if (draft.isAwsvpc()) {
            ecs("task-eni");
            docker(18);
        }
        if (request.taskRoleArn() != null) {
            agent("task-iam-role");
            agentIf(draft.networkMode() == NetworkMode.HOST, "task-iam-role-network-host");
        }
        ecsIf(request.pidMode() != null || request.ipcMode() != null, "pid-ipc-namespace-sharing");
        dockerIf(request.ipcMode() == IpcMode.NONE, 32);
        ecsIf(request.proxyConfiguration() != null, "aws-appmesh");
        ecsIf(!draft.accelerators().isEmpty(), "task-eia");
        ecsIf(Boolean.TRUE.equals(request.enableFaultInjection()), "fault-injection");
        for (var volume : request.volumes()) {
            if (volume.dockerVolumeConfiguration() != null) {
                ecs("docker-plugin." + volume.dockerVolumeConfiguration().driver());
                docker(25);
            }
            if (volume.efsVolumeConfiguration() != null) {
                efs(volume.efsVolumeConfiguration());
            }
            ecsIf(Boolean.TRUE.equals(volume.configuredAtLaunch()), "storage.ebs-task-volume-attach");
            ecsIf(volume.fsxWindowsFileServerVolumeConfiguration() != null, "fsxWindowsFileServer");
        }
    }

    private void efs(EFSVolumeConfiguration efs) {
        ecs("efs");
        ecsIf(efs.transitEncryption() != null || efs.authorizationConfig() != null, "efsAuth");
        docker(25);
    }

    private void container(ContainerDefinition container) {
        image(container);
        dockerOptions(container);
        if (container.healthCheck() != null) {
            ecs("container-health-check");
            docker(24);
            dockerIf(container.healthCheck().startPeriod() != null, 29);
        }
        if (container.linuxParameters() != null) {
            linux(container.linuxParameters());
        }
        if (container.logConfiguration() != null) {
            logging(container.logConfiguration());
        }
        if (container.firelensConfiguration() != null) {
            var firelens = container.firelensConfiguration();
            ecs("firelens." + firelens.type());
            var file = firelens.options().get("config-file-type");
            ecsIf(file != null, "firelens.options.config." + file);
        }
        ecsIf(!container.dependsOn().isEmpty(), "container-ordering");
        ecsIf(!container.environmentFiles().isEmpty(), "env-files.s3");
        ecsIf(container.restartPolicy() != null && container.restartPolicy().enabled(), "container-restart-policy");
        ecsIf(container.portMappings().stream().anyMatch(p -> p.containerPortRange() != null), "container-port-range");
        container.secrets().forEach(secret -> ecs("secrets." + store(secret) + ".environment-variables"));
    }

    private void image(ContainerDefinition container) {
        if (FargateRules.isEcrImage(container.image())) {
            agent("ecr-auth");
            ecsIf(draft.hasExecutionRole(), "execution-role-ecr-pull");
        }
        ecsIf(container.repositoryCredentials() != null, "private-registry-authentication.secretsmanager");
    }

    private void dockerOptions(ContainerDefinition container) {
        var isPrivileged = Boolean.TRUE.equals(container.privileged());
        agentIf(isPrivileged, "privileged-container");
        var saysMuch = isPrivileged
                || container.hostname() != null
                || container.user() != null
                || container.workingDirectory() != null
                || container.hasDnsServers()
                || container.hasDnsSearchDomains()
                || container.hasExtraHosts()
                || Boolean.TRUE.equals(container.disableNetworking())
                || Boolean.TRUE.equals(container.readonlyRootFilesystem());
        dockerIf(saysMuch, 17);
        dockerIf(container.hasUlimits() || container.hasDockerLabels(), 18);
        dockerIf(container.memoryReservation() != null, 21);
        container.dockerSecurityOptions().forEach(this::securityOption);
    }

    private void securityOption(String option) {
        agentIf(option.startsWith("label"), "selinux");
        agentIf(option.startsWith("apparmor"), "apparmor");
        dockerIf(option.startsWith("no-new-privileges"), 23);
        ecsIf(option.startsWith("credentialspec"), "gmsa");
    }

    private void linux(LinuxParameters linux) {
        dockerIf(!linux.tmpfs().isEmpty() || linux.sharedMemorySize() != null, 22);
        dockerIf(Boolean.TRUE.equals(linux.initProcessEnabled()), 25);
    }

    private void logging(LogConfiguration logging) {
        agent("logging-driver." + logging.logDriver());
        docker(introduced(logging.logDriver()));
        var options = logging.options().keySet();
        ecsIf(logging.logDriver() == LogDriver.AWSLOGS && draft.hasExecutionRole(), "execution-role-awslogs");
        dockerIf(options.contains("mode") || options.contains("max-buffer-size"), 28);
        dockerIf(options.contains("awslogs-create-group"), 29);
        dockerIf(options.contains("awslogs-datetime-format") || options.contains("awslogs-multiline-pattern"), 30);
        logging.secretOptions().forEach(secret -> ecs("secrets." + store(secret) + ".bootstrap.log-driver"));
    }

    /// The minor version of Docker's API that brought the log driver.
    private static int introduced(LogDriver driver) {
        return switch (driver) {
            case JSON_FILE, SYSLOG -> 18;
            case JOURNALD, AWSLOGS -> 19;
            case GELF, FLUENTD, AWSFIRELENS -> 20;
            case SPLUNK -> 22;
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("an unknown log driver was let through");
        };
    }

    private static String store(Secret secret) {
        return secret.valueFrom().contains(":secretsmanager:") ? "asm" : "ssm";
    }

    private void docker(int minor) {
        agent("docker-remote-api.1." + minor);
    }

    private void dockerIf(boolean isUsed, int minor) {
        if (isUsed) {
            docker(minor);
        }
    }

    private void agent(String name) {
        names.add(AGENT + name);
    }

    private void agentIf(boolean isUsed, String name) {
        if (isUsed) {
            agent(name);
        }
    }

    private void ecs(String name) {
        names.add(ECS + name);
    }

    private void ecsIf(boolean isUsed, String name) {
        if (isUsed) {
            ecs(name);
        }
    }
}

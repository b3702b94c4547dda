package dev.hakoniwa.ecs.taskdefinition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EphemeralStorage;
import software.amazon.awssdk.services.ecs.model.LinuxParameters;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.PidMode;
import software.amazon.awssdk.services.ecs.model.Volume;

/// What keeps a task definition from running on Fargate: an error if it is to run there, else just a fact about it.
final class FargateRules {
    private static final Set<LogDriver> LOG_DRIVERS =
            Set.of(LogDriver.AWSLOGS, LogDriver.SPLUNK, LogDriver.AWSFIRELENS);
    private static final Pattern ECR_IMAGE = Pattern.compile("\\d{12}\\.dkr\\.ecr[.-].+/.+");
    private static final int LEAST_STORAGE = 21;
    private static final int MOST_STORAGE = 200;
    private static final int LONGEST_TIMEOUT = 120;

    private final Draft draft;
    private final List<String> obstacles = new ArrayList<>();

    private FargateRules(Draft draft) {
        this.draft = draft;
    }

    /// What stands against Fargate, in ECS's words and in the order in which it tells.
    static List<String> obstacles(Draft draft) {
        var rules = new FargateRules(draft);
        rules.size();
        rules.task();
        rules.storage(draft.request().ephemeralStorage());
        draft.request().volumes().forEach(rules::volume);
        draft.containers().forEach(rules::container);
        return rules.obstacles;
    }

    static boolean isEcrImage(String image) {
        return ECR_IMAGE.matcher(image).matches();
    }

    private void size() {
        unless(draft.isAwsvpc(), "Fargate only supports network mode ‘awsvpc’.");
        unless(draft.cpu().isPresent(), "Fargate requires that 'cpu' be defined at the task level.");
        unless(draft.memory().isPresent(), "Fargate requires that 'memory' be defined at the task level.");
        var cpu = draft.cpu().orElse(0);
        var memory = draft.memory().orElse(0);
        unless(FargateSizes.contain(cpu, memory, draft.isWindows()), noSize(cpu, memory));
    }

    static String noSize(int cpu, int memory) {
        return "No Fargate configuration exists for given values: %d CPU, %d memory. See the Amazon ECS documentation for the valid values."
                .formatted(cpu, memory);
    }

    private void task() {
        var request = draft.request();
        unless(request.ipcMode() == null, "Tasks using the Fargate launch type do not support ipcMode.");
        unless(request.pidMode() != PidMode.HOST, "Tasks using the Fargate launch type do not support pidMode host.");
        unsupported(!request.placementConstraints().isEmpty(), "placementConstraints");
        unsupported(!draft.accelerators().isEmpty(), "inferenceAccelerators");
    }

    private void storage(@Nullable EphemeralStorage storage) {
        var size = storage == null || storage.sizeInGiB() == null ? LEAST_STORAGE : storage.sizeInGiB();
        unless(
                size >= LEAST_STORAGE && size <= MOST_STORAGE,
                "Invalid 'ephemeralStorage' setting for task. The size must be between %d and %d GiB."
                        .formatted(LEAST_STORAGE, MOST_STORAGE));
    }

    private void volume(Volume volume) {
        unsupported(volume.host() != null && volume.host().sourcePath() != null, "sourcePath");
        unsupported(volume.dockerVolumeConfiguration() != null, "dockerVolumeConfiguration");
        unsupported(
                volume.fsxWindowsFileServerVolumeConfiguration() != null, "fsxWindowsFileServerVolumeConfiguration");
    }

    private void container(ContainerDefinition container) {
        unsupported(Boolean.TRUE.equals(container.privileged()), "privileged");
        unsupported(!container.dockerSecurityOptions().isEmpty(), "dockerSecurityOptions");
        unsupported(!container.resourceRequirements().isEmpty(), "resourceRequirements");
        if (container.linuxParameters() != null) {
            linux(container.linuxParameters());
        }
        timeouts(container);
        logging(container);
        var firelens = container.firelensConfiguration();
        unless(
                firelens == null || !"s3".equals(firelens.options().get("config-file-type")),
                "Tasks using the Fargate launch type do not support config-file-type s3.");
        unless(
                draft.hasExecutionRole() || !isEcrImage(container.image()),
                "Fargate requires task definition to have execution role ARN to support ECR images.");
    }

    private void linux(LinuxParameters linux) {
        unsupported(!linux.devices().isEmpty(), "devices");
        unsupported(linux.sharedMemorySize() != null, "sharedMemorySize");
        unsupported(linux.maxSwap() != null, "maxSwap");
        unsupported(linux.swappiness() != null, "swappiness");
        var added = linux.capabilities() == null
                ? List.<String>of()
                : linux.capabilities().add();
        unsupported(!added.stream().allMatch("SYS_PTRACE"::equals), "adding capabilities other than SYS_PTRACE");
    }

    private void timeouts(ContainerDefinition container) {
        var start = container.startTimeout() == null ? 0 : container.startTimeout();
        var stop = container.stopTimeout() == null ? 0 : container.stopTimeout();
        unless(start <= LONGEST_TIMEOUT, timeout(container, "startTimeout"));
        unless(stop <= LONGEST_TIMEOUT, timeout(container, "stopTimeout"));
    }

    private static String timeout(ContainerDefinition container, String setting) {
        return "Invalid '%s' setting for container '%s'. The maximum value on Fargate is %d seconds."
                .formatted(setting, container.name(), LONGEST_TIMEOUT);
    }

    private void logging(ContainerDefinition container) {
        var logging = container.logConfiguration();
        if (logging == null) {
            return;
        }
        var driver = logging.logDriver();
        unless(LOG_DRIVERS.contains(driver), "Log driver %s is not supported by Fargate".formatted(driver));
        unless(
                draft.hasExecutionRole() || driver != LogDriver.AWSLOGS,
                "Fargate requires task definition to have execution role ARN to support log driver awslogs.");
    }

    private void unsupported(boolean isUsed, String what) {
        unless(!isUsed, "Fargate compatible task definitions do not support " + what);
    }

    private void unless(boolean holds, String obstacle) {
        if (!holds) {
            obstacles.add(obstacle);
        }
    }
}

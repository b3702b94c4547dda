package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.aws.Call;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/// Makes a task definition of what was asked for, if it holds to all of ECS's rules.
final class Registration {
    private static final List<Consumer<Draft>> RULES = List.of(
            ContainerRules::check,
            SizeRules::check,
            PortRules::check,
            VolumeRules::check,
            DependencyRules::check,
            EnvironmentRules::check,
            LoggingRules::check,
            DeviceRules::check,
            Compatibilities::check);

    private Registration() {}

    /// The request with the defaults filled in; throws the error of the first rule that is broken.
    static Draft check(RegisterTaskDefinitionRequest request) {
        TaskRules.check(request);
        var draft = Defaults.filled(request);
        RULES.forEach(rule -> rule.accept(draft));
        return draft;
    }

    /// The task definition as it is kept and shown.
    static TaskDefinition register(Call call, Draft draft, Revision revision, Instant now) {
        var request = draft.request();
        var definition = TaskDefinition.builder()
                .taskDefinitionArn(
                        call.arn("ecs", "task-definition/" + revision).toString())
                .family(revision.family())
                .revision(revision.number())
                .status(TaskDefinitionStatus.ACTIVE)
                .containerDefinitions(request.containerDefinitions())
                .volumes(request.volumes())
                .placementConstraints(request.placementConstraints())
                .taskRoleArn(request.taskRoleArn())
                .executionRoleArn(request.executionRoleArn())
                .networkMode(request.networkModeAsString())
                .pidMode(request.pidModeAsString())
                .ipcMode(request.ipcModeAsString())
                .cpu(request.cpu())
                .memory(request.memory())
                .runtimePlatform(request.runtimePlatform())
                .proxyConfiguration(request.proxyConfiguration())
                .ephemeralStorage(request.ephemeralStorage())
                .enableFaultInjection(request.enableFaultInjection())
                .compatibilities(Compatibilities.of(draft))
                .requiresAttributes(RequiredAttributes.of(draft))
                .registeredAt(now)
                .registeredBy(call.principal());
        if (request.hasRequiresCompatibilities()) {
            definition.requiresCompatibilitiesWithStrings(request.requiresCompatibilitiesAsStrings());
        }
        return withAccelerators(definition, draft);
    }

    /// Elastic Inference is no more, but its accelerators are still kept and given back.
    @SuppressWarnings("deprecation")
    private static TaskDefinition withAccelerators(TaskDefinition.Builder definition, Draft draft) {
        return draft.accelerators().isEmpty()
                ? definition.build()
                : definition.inferenceAccelerators(draft.accelerators()).build();
    }
}

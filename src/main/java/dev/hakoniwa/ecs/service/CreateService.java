package dev.hakoniwa.ecs.service;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Tags;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.service.LiveService.Status;
import dev.hakoniwa.ecs.task.CapacityChoice;
import dev.hakoniwa.ecs.task.RunTaskChecks;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;

/// CreateService, for REPLICA services with rolling deployments (ecs-services.md §1).
final class CreateService {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    private static final int LONGEST_TOKEN = 36;

    private final Foundation foundation;
    private final ServiceTable services;
    private final Clusters clusters;
    private final TaskDefinitions definitions;
    private final Surroundings surroundings;

    CreateService(
            Foundation foundation,
            ServiceTable services,
            Clusters clusters,
            TaskDefinitions definitions,
            Surroundings surroundings) {
        this.foundation = foundation;
        this.services = services;
        this.clusters = clusters;
        this.definitions = definitions;
        this.surroundings = surroundings;
    }

    CreateServiceResponse create(Call call, CreateServiceRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster());
        var key = new ServiceKey(call.scope(), cluster.clusterName(), name(request));
        var existing = existing(key, request);
        if (existing.isPresent()) {
            return response(existing.get());
        }
        check(request);
        var revision = revision(call, cluster, request);
        var now = foundation.clock().instant();
        var deployment = LiveDeployment.begun("ecs-svc/" + foundation.ids().digits(19), revision, now);
        var service = new LiveService(
                key,
                Documents.of(document(call, cluster, request), deployment),
                request,
                Status.ACTIVE,
                List.of(deployment),
                Watches.NONE,
                Throttle.NONE,
                false,
                List.of(),
                Optional.empty());
        services.put(service);
        surroundings.reconciler().wake(key);
        return response(service);
    }

    /// The same request again gives the service it made; another one of the same name is refused.
    private Optional<LiveService> existing(ServiceKey key, CreateServiceRequest request) {
        var service = services.find(key).filter(s -> !s.isInactive());
        service.ifPresent(s -> {
            if (s.status() == Status.DRAINING) {
                throw Errors.invalidParameter("Unable to Start a service that is still Draining.");
            }
            if (!withoutToken(s.created()).equals(withoutToken(request))) {
                throw Errors.invalidParameter("Creation of service was not idempotent.");
            }
        });
        return service;
    }

    private static CreateServiceRequest withoutToken(CreateServiceRequest request) {
        return request.copy(r -> r.clientToken(null));
    }

    private static String name(CreateServiceRequest request) {
        var name = request.serviceName();
        if (name == null || name.isEmpty()) {
            throw Errors.invalidParameter("Service name cannot be blank.");
        }
        if (!NAME.matcher(name).matches()) {
            throw Errors.invalidParameter("Invalid service name");
        }
        return name;
    }

    private static void check(CreateServiceRequest request) {
        var token = request.clientToken();
        if (token != null && token.length() > LONGEST_TOKEN) {
            throw Errors.invalidParameter("clientToken can have at most " + LONGEST_TOKEN + " characters.");
        }
        var controller = request.deploymentController();
        if (controller != null && controller.type() != DeploymentControllerType.ECS) {
            throw ServiceChecks.notHere("The deployment controller " + controller.typeAsString());
        }
        var strategy = request.schedulingStrategy();
        if (strategy != null && strategy != SchedulingStrategy.REPLICA) {
            throw ServiceChecks.notHere("The scheduling strategy " + request.schedulingStrategyAsString());
        }
        if (request.desiredCount() == null) {
            throw Errors.invalidParameter("desiredCount is required");
        }
        ServiceChecks.desiredCount(request.desiredCount());
        ServiceChecks.deploymentConfiguration(request.deploymentConfiguration());
        ServiceChecks.gracePeriod(request.healthCheckGracePeriodSeconds());
        ServiceChecks.serviceConnect(request.serviceConnectConfiguration());
        ServiceChecks.absent(request.serviceRegistries(), "Service discovery");
        ServiceChecks.absent(request.volumeConfigurations(), "A volume that is configured at launch");
        ServiceChecks.absent(request.vpcLatticeConfigurations(), "VPC Lattice");
        RunTaskChecks.oneCompute(request.launchType(), request.capacityProviderStrategy());
    }

    private Revision revision(Call call, Cluster cluster, CreateServiceRequest request) {
        var definition = definitions.active(call.scope(), Errors.present(request.taskDefinition(), "TaskDefinition"));
        var strategy = CapacityChoice.strategy(cluster, request.launchType(), request.capacityProviderStrategy());
        var launchType = CapacityChoice.launchType(request.launchType(), strategy);
        RunTaskChecks.compatible(definition, launchType);
        RunTaskChecks.placement(launchType, request.placementConstraints(), request.placementStrategy());
        RunTaskChecks.network(call.scope(), surroundings.networking(), definition, request.networkConfiguration());
        ServiceChecks.executeCommand(request.enableExecuteCommand(), definition, "created");
        ServiceChecks.loadBalancers(call.scope(), surroundings.targets(), definition, request.loadBalancers());
        var serviceLinked = definition.networkMode() == NetworkMode.AWSVPC
                || request.loadBalancers().size() > 1;
        if (request.role() != null && serviceLinked) {
            throw Errors.invalidParameter(
                    "You cannot specify an IAM role for services that require a service linked role.");
        }
        // Refuses a version that doesn't exist, or that EC2 tasks can't have.
        CapacityChoice.compute(launchType, null, request.platformVersion(), "");
        var platform = launchType == LaunchType.FARGATE
                ? Objects.requireNonNullElse(request.platformVersion(), "LATEST")
                : null;
        return new Revision(
                definition, launchType, strategy, platform, request.networkConfiguration(), request.loadBalancers());
    }

    private Service document(Call call, Cluster cluster, CreateServiceRequest request) {
        var configuration = Documents.complete(
                request.deploymentConfiguration() == null
                        ? DeploymentConfiguration.builder().build()
                        : request.deploymentConfiguration());
        ServiceChecks.percentages(configuration);
        var balanced = !request.loadBalancers().isEmpty();
        var grace = request.healthCheckGracePeriodSeconds();
        var linkedRole = "arn:aws:iam::%s:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
                .formatted(call.account());
        return Service.builder()
                .serviceArn(new ServiceKey(call.scope(), cluster.clusterName(), request.serviceName())
                        .arn()
                        .toString())
                .serviceName(request.serviceName())
                .clusterArn(cluster.clusterArn())
                .desiredCount(request.desiredCount())
                .serviceRegistries(List.of())
                .deploymentConfiguration(configuration)
                .deploymentController(DeploymentController.builder()
                        .type(DeploymentControllerType.ECS)
                        .build())
                .schedulingStrategy(SchedulingStrategy.REPLICA)
                .placementConstraints(request.placementConstraints())
                .placementStrategy(request.placementStrategy())
                .healthCheckGracePeriodSeconds(balanced && grace == null ? Integer.valueOf(0) : grace)
                .roleArn(
                        balanced || request.networkConfiguration() != null
                                ? Objects.requireNonNullElse(request.role(), linkedRole)
                                : null)
                .createdAt(foundation.clock().instant())
                .createdBy(call.principal())
                .enableECSManagedTags(Boolean.TRUE.equals(request.enableECSManagedTags()))
                .propagateTags(Objects.requireNonNullElse(request.propagateTags(), PropagateTags.NONE))
                .enableExecuteCommand(Boolean.TRUE.equals(request.enableExecuteCommand()))
                .availabilityZoneRebalancing(rebalancing(request, configuration))
                .tags(Tags.checked(request.tags()))
                .build();
    }

    private static AvailabilityZoneRebalancing rebalancing(
            CreateServiceRequest request, DeploymentConfiguration configuration) {
        return Objects.requireNonNullElseGet(
                request.availabilityZoneRebalancing(),
                () -> Documents.rebalancing(configuration, request.placementStrategy()));
    }

    private CreateServiceResponse response(LiveService service) {
        return CreateServiceResponse.builder()
                .service(surroundings.view(service, true))
                .build();
    }
}

package dev.hakoniwa.ecs.service;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Tags;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.service.LiveService.Status;
import dev.hakoniwa.ecs.task.CapacityChoice;
import dev.hakoniwa.ecs.task.RunTaskChecks;
import dev.hakoniwa.ecs.task.VolumeChecks;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;

/// CreateService (ecs-services.md §1).
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
        var document = document(call, key, request);
        ServiceChecks.rebalancing(document);
        var deployment = LiveDeployment.begun(
                foundation.ids(), revision, foundation.clock().instant());
        var rollout = Rollout.of(foundation.ids(), deployment, List.of(), document.deploymentConfiguration());
        var service = LiveService.of(
                key, Documents.of(document, deployment), request, Deployments.first(deployment, rollout));
        services.put(service);
        surroundings.reconciler().wake(key);
        return response(service);
    }

    /// The same request again gives the service it made, and so does the same token; another one of the same name is
    /// refused.
    private Optional<LiveService> existing(ServiceKey key, CreateServiceRequest request) {
        var service = services.find(key).filter(s -> !s.isInactive());
        service.ifPresent(s -> {
            if (s.status() == Status.DRAINING) {
                throw Errors.invalidParameter("Unable to Start a service that is still Draining.");
            }
            var token = request.clientToken();
            var repeated = token != null && token.equals(s.created().clientToken());
            if (!repeated && !withoutToken(s.created()).equals(withoutToken(request))) {
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
        ServiceChecks.controller(request.deploymentController());
        ServiceChecks.schedulingStrategy(request.schedulingStrategy());
        ServiceChecks.enumerations(request.propagateTags(), request.availabilityZoneRebalancing());
        if (isDaemon(request)) {
            DaemonChecks.create(request);
        } else if (request.desiredCount() == null) {
            throw Errors.invalidParameter("desiredCount is required");
        }
        ServiceChecks.desiredCount(request.desiredCount());
        DeploymentChecks.check(request.deploymentConfiguration());
        ServiceChecks.gracePeriod(request.healthCheckGracePeriodSeconds());
        ServiceChecks.placement(request.placementConstraints(), request.placementStrategy());
        ServiceChecks.serviceConnect(request.serviceConnectConfiguration());
        ServiceChecks.absent(request.serviceRegistries(), "Service discovery");
        ServiceChecks.absent(request.vpcLatticeConfigurations(), "VPC Lattice");
        RunTaskChecks.oneCompute(request.launchType(), request.capacityProviderStrategy());
    }

    private Revision revision(Call call, Cluster cluster, CreateServiceRequest request) {
        var definition = definitions.active(call.scope(), Errors.present(request.taskDefinition(), "TaskDefinition"));
        var strategy = strategy(cluster, request);
        var launchType = CapacityChoice.launchType(request.launchType(), strategy);
        RunTaskChecks.compatible(definition, launchType);
        RunTaskChecks.placement(launchType, request.placementConstraints(), request.placementStrategy());
        RunTaskChecks.network(call.scope(), surroundings.networking(), definition, request.networkConfiguration());
        ServiceChecks.executeCommand(request.enableExecuteCommand(), definition, "created");
        var _ = VolumeChecks.ofService(definition, request.volumeConfigurations());
        var balancing = new LoadBalancerChecks(call.scope(), surroundings.targets(), definition);
        balancing.check(request.loadBalancers());
        balancing.role(request.role(), request.loadBalancers());
        // Refuses a version that doesn't exist, or that EC2 tasks can't have.
        CapacityChoice.compute(launchType, null, request.platformVersion(), "");
        var platform = launchType == LaunchType.FARGATE
                ? Objects.requireNonNullElse(request.platformVersion(), "LATEST")
                : null;
        return new Revision(
                definition,
                launchType,
                strategy,
                platform,
                request.networkConfiguration(),
                request.loadBalancers(),
                request.volumeConfigurations());
    }

    /// The cluster's default strategy is for REPLICA services: daemons run on instances.
    private static List<CapacityProviderStrategyItem> strategy(Cluster cluster, CreateServiceRequest request) {
        return isDaemon(request)
                ? List.of()
                : CapacityChoice.strategy(cluster, request.launchType(), request.capacityProviderStrategy());
    }

    private static boolean isDaemon(CreateServiceRequest request) {
        return request.schedulingStrategy() == SchedulingStrategy.DAEMON;
    }

    private Service document(Call call, ServiceKey key, CreateServiceRequest request) {
        var daemon = isDaemon(request);
        var configuration = Documents.complete(
                request.deploymentConfiguration() == null
                        ? DeploymentConfiguration.builder().build()
                        : request.deploymentConfiguration(),
                daemon);
        DeploymentChecks.percentages(configuration, daemon);
        var balanced = !request.loadBalancers().isEmpty();
        var grace = request.healthCheckGracePeriodSeconds();
        var document = Service.builder()
                .serviceArn(key.arn().toString())
                .serviceName(request.serviceName())
                .clusterArn(key.clusterArn().toString())
                .desiredCount(daemon ? surroundings.daemonPlaces(key) : request.desiredCount())
                .serviceRegistries(List.of())
                .deploymentConfiguration(configuration)
                .deploymentController(DeploymentController.builder()
                        .type(DeploymentControllerType.ECS)
                        .build())
                .schedulingStrategy(daemon ? SchedulingStrategy.DAEMON : SchedulingStrategy.REPLICA)
                .placementConstraints(List.copyOf(request.placementConstraints()))
                .placementStrategy(List.copyOf(request.placementStrategy()))
                .healthCheckGracePeriodSeconds(balanced && grace == null ? Integer.valueOf(0) : grace)
                .roleArn(role(call, request))
                .createdAt(foundation.clock().instant())
                .createdBy(call.principal())
                .enableECSManagedTags(Boolean.TRUE.equals(request.enableECSManagedTags()))
                .propagateTags(Objects.requireNonNullElse(request.propagateTags(), PropagateTags.NONE))
                .enableExecuteCommand(Boolean.TRUE.equals(request.enableExecuteCommand()))
                .tags(Tags.checked(request.tags()))
                .build();
        return document.copy(d -> d.availabilityZoneRebalancing(Objects.requireNonNullElseGet(
                request.availabilityZoneRebalancing(), () -> Documents.rebalancing(document))));
    }

    /// The role that registers targets and makes network interfaces: the caller's own by name or ARN, or the service
    /// linked one.
    private static @Nullable String role(Call call, CreateServiceRequest request) {
        var roles = "arn:aws:iam::%s:role/".formatted(call.account());
        var role = request.role();
        if (role != null) {
            return role.startsWith("arn:") ? role : roles + role;
        }
        return request.loadBalancers().isEmpty() && request.networkConfiguration() == null
                ? null
                : roles + "aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";
    }

    private CreateServiceResponse response(LiveService service) {
        return CreateServiceResponse.builder()
                .service(surroundings.view(service, true))
                .build();
    }
}

package dev.hakoniwa.ecs.service;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.service.LiveService.Status;
import dev.hakoniwa.ecs.task.CapacityChoice;
import dev.hakoniwa.ecs.task.RunTaskChecks;
import dev.hakoniwa.ecs.task.VolumeChecks;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/// UpdateService: what is left out stays as it is; what tasks are made from starts a deployment (ecs-services.md §3,
/// §5).
final class UpdateService {
    private final Foundation foundation;
    private final ServiceTable services;
    private final ServiceFinder finder;
    private final TaskDefinitions definitions;
    private final Surroundings surroundings;

    UpdateService(
            Foundation foundation,
            ServiceTable services,
            ServiceFinder finder,
            TaskDefinitions definitions,
            Surroundings surroundings) {
        this.foundation = foundation;
        this.services = services;
        this.finder = finder;
        this.definitions = definitions;
        this.surroundings = surroundings;
    }

    UpdateServiceResponse update(Call call, UpdateServiceRequest request) {
        var cluster = finder.cluster(call.scope(), request.cluster());
        var service = finder.find(call.scope(), cluster, Errors.present(request.service(), "Service"))
                .orElseThrow(Errors::serviceNotFound);
        if (service.status() != Status.ACTIVE) {
            throw Errors.serviceNotActive();
        }
        check(service, request);
        var before = service.primary().revision();
        var revision = revision(call, cluster, request, before);
        var updated = service.with(document -> document(document, request));
        DeploymentChecks.percentages(updated.document().deploymentConfiguration(), service.isDaemon());
        ServiceChecks.rebalancing(updated.document());
        if (startsDeployment(request, before, revision)) {
            updated = deploy(updated, revision);
        }
        services.put(updated.equals(service) ? service : updated.steady(false));
        surroundings.reconciler().wake(service.key());
        return UpdateServiceResponse.builder()
                .service(surroundings.view(updated, true))
                .build();
    }

    private LiveService deploy(LiveService service, Revision revision) {
        var deployment = LiveDeployment.begun(
                foundation.ids(), revision, foundation.clock().instant());
        var rollout = Rollout.of(
                foundation.ids(),
                deployment,
                service.deployments().live(),
                service.document().deploymentConfiguration());
        return service.lead(all -> all.begin(deployment, rollout));
    }

    private static void check(LiveService service, UpdateServiceRequest request) {
        if (service.isDaemon()) {
            DaemonChecks.update(request);
        }
        ServiceChecks.desiredCount(request.desiredCount());
        ServiceChecks.controller(request.deploymentController());
        ServiceChecks.enumerations(request.propagateTags(), request.availabilityZoneRebalancing());
        DeploymentChecks.check(request.deploymentConfiguration());
        ServiceChecks.placement(request.placementConstraints(), request.placementStrategy());
        ServiceChecks.gracePeriod(request.healthCheckGracePeriodSeconds());
        ServiceChecks.serviceConnect(request.serviceConnectConfiguration());
        ServiceChecks.absent(request.serviceRegistries(), "Service discovery");
        ServiceChecks.absent(request.vpcLatticeConfigurations(), "VPC Lattice");
    }

    private Revision revision(Call call, Cluster cluster, UpdateServiceRequest request, Revision before) {
        var definition = request.taskDefinition() == null
                ? before.definition()
                : definitions.active(call.scope(), request.taskDefinition());
        var strategy = strategy(cluster, request, before);
        var launchType = strategy.isEmpty() ? before.launchType() : CapacityChoice.launchType(null, strategy);
        var network = request.networkConfiguration() == null ? before.network() : request.networkConfiguration();
        var balancers = request.hasLoadBalancers() ? request.loadBalancers() : before.loadBalancers();
        RunTaskChecks.compatible(definition, launchType);
        RunTaskChecks.placement(launchType, request.placementConstraints(), request.placementStrategy());
        if (request.networkConfiguration() != null || request.taskDefinition() != null) {
            RunTaskChecks.network(call.scope(), surroundings.networking(), definition, network);
        }
        ServiceChecks.executeCommand(request.enableExecuteCommand(), definition, "updated");
        if (request.hasLoadBalancers() || request.taskDefinition() != null) {
            new LoadBalancerChecks(call.scope(), surroundings.targets(), definition).check(balancers);
        }
        CapacityChoice.compute(launchType, null, request.platformVersion(), "");
        var platform = launchType == LaunchType.FARGATE
                ? Optional.ofNullable(request.platformVersion())
                        .or(() -> Optional.ofNullable(before.platformVersion()))
                        .orElse("LATEST")
                : null;
        var volumes = request.hasVolumeConfigurations() ? request.volumeConfigurations() : before.volumes();
        var _ = VolumeChecks.ofService(definition, volumes);
        return new Revision(definition, launchType, strategy, platform, network, balancers, volumes);
    }

    private static List<CapacityProviderStrategyItem> strategy(
            Cluster cluster, UpdateServiceRequest request, Revision before) {
        if (!request.hasCapacityProviderStrategy()) {
            return before.strategy();
        }
        var asked = CapacityChoice.strategy(cluster, before.launchType(), request.capacityProviderStrategy());
        if (!asked.equals(before.strategy()) && !Boolean.TRUE.equals(request.forceNewDeployment())) {
            throw Errors.invalidParameter(
                    "When switching from launch type to capacity provider strategy on an existing "
                            + "service, or making a change to a capacity provider strategy on a service that is already using "
                            + "one, you must force a new deployment.");
        }
        return asked;
    }

    private static boolean startsDeployment(UpdateServiceRequest request, Revision before, Revision after) {
        return Boolean.TRUE.equals(request.forceNewDeployment())
                || !before.definition()
                        .taskDefinitionArn()
                        .equals(after.definition().taskDefinitionArn())
                || !Objects.equals(before.network(), after.network())
                || !Objects.equals(before.platformVersion(), after.platformVersion())
                || !before.loadBalancers().equals(after.loadBalancers())
                || !before.volumes().equals(after.volumes());
    }

    private static Service document(Service document, UpdateServiceRequest request) {
        return document.copy(d -> {
            Optional.ofNullable(request.desiredCount()).ifPresent(d::desiredCount);
            Optional.ofNullable(request.deploymentConfiguration())
                    .ifPresent(c -> d.deploymentConfiguration(Documents.update(document.deploymentConfiguration(), c)));
            Optional.ofNullable(request.healthCheckGracePeriodSeconds()).ifPresent(d::healthCheckGracePeriodSeconds);
            Optional.ofNullable(request.enableExecuteCommand()).ifPresent(d::enableExecuteCommand);
            Optional.ofNullable(request.enableECSManagedTags()).ifPresent(d::enableECSManagedTags);
            Optional.ofNullable(request.propagateTags()).ifPresent(d::propagateTags);
            Optional.ofNullable(request.availabilityZoneRebalancing()).ifPresent(d::availabilityZoneRebalancing);
            if (request.hasPlacementConstraints()) {
                d.placementConstraints(request.placementConstraints());
            }
            if (request.hasPlacementStrategy()) {
                d.placementStrategy(request.placementStrategy());
            }
        });
    }
}

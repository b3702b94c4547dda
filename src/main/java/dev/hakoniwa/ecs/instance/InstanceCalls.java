package dev.hakoniwa.ecs.instance;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Identifier;
import dev.hakoniwa.ecs.Pages;
import dev.hakoniwa.ecs.Tags;
import dev.hakoniwa.ecs.cluster.ClusterApi;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.instance.ContainerInstance.Status;
import dev.hakoniwa.ecs.placement.Facts;
import dev.hakoniwa.ecs.placement.Query;
import dev.hakoniwa.vpc.Networking;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceField;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceStatus;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.RegisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterContainerInstanceResponse;
import software.amazon.awssdk.services.ecs.model.UpdateContainerAgentRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerAgentResponse;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateResponse;

/// The operations on container instances (ecs-capacity.md §3).
public final class InstanceCalls {
    private static final int MOST_DESCRIBED = 100;
    private static final int MOST_UPDATED = 10;
    private static final int PAGE = 100;
    private static final String TYPE = "container-instance";

    private final Clusters clusters;
    private final ContainerInstances instances;
    private final Networking networking;
    private final InstanceUse use;
    private final ClusterApi clusterApi;

    /// @param clusterApi makes the default cluster for the first instance that registers
    public InstanceCalls(
            Clusters clusters,
            ContainerInstances instances,
            Networking networking,
            InstanceUse use,
            ClusterApi clusterApi) {
        this.clusters = clusters;
        this.instances = instances;
        this.networking = networking;
        this.use = use;
        this.clusterApi = clusterApi;
    }

    public void addTo(Operations operations) {
        operations
                .on("RegisterContainerInstance", RegisterContainerInstanceRequest::builder, this::register)
                .on("DeregisterContainerInstance", DeregisterContainerInstanceRequest::builder, this::deregister)
                .on("DescribeContainerInstances", DescribeContainerInstancesRequest::builder, this::describe)
                .on("ListContainerInstances", ListContainerInstancesRequest::builder, this::list)
                .on("UpdateContainerInstancesState", UpdateContainerInstancesStateRequest::builder, this::updateState)
                .on("UpdateContainerAgent", UpdateContainerAgentRequest::builder, this::updateAgent);
    }

    RegisterContainerInstanceResponse register(Call call, RegisterContainerInstanceRequest request) {
        var scope = call.scope();
        var document = IdentityDocument.parse(request.instanceIdentityDocument());
        AttributeCalls.check(request.attributes());
        var tags = Tags.checked(request.tags());
        var cluster = clusterApi.orDefault(call, request.cluster()).clusterName();
        var zone = networking.defaultSubnets(scope).stream()
                .map(Networking.SubnetPlace::availabilityZone)
                .findFirst()
                .orElse(scope.region().name() + "a");
        var registration = Registration.of(request, document, zone);
        if (request.containerInstanceArn() != null) {
            return registered(again(scope, cluster, request.containerInstanceArn(), registration));
        }
        networking.adopt(scope, registration.machine());
        return registered(instances.register(scope, cluster, registration, tags));
    }

    private RegisterContainerInstanceResponse registered(ContainerInstance instance) {
        return RegisterContainerInstanceResponse.builder()
                .containerInstance(InstanceView.of(instance, instances, true, false))
                .build();
    }

    /// An agent that starts again: the instance stays what it is.
    private ContainerInstance again(Scope scope, String cluster, String arn, Registration registration) {
        var instance = registered(scope, cluster, arn);
        if (!instance.capacity().equals(registration.capacity())) {
            throw Errors.invalidParameter("The container instance %s cannot be re-registered with different resources."
                    .formatted(instance.key().arn()));
        }
        if (!instance.attributes().equals(registration.attributes())) {
            throw Errors.invalidParameter("The container instance %s cannot be re-registered with different attributes."
                    .formatted(instance.key().arn()));
        }
        return instance;
    }

    DeregisterContainerInstanceResponse deregister(Call call, DeregisterContainerInstanceRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster()).clusterName();
        var name = Errors.present(request.containerInstance(), "Container instance");
        var instance = registered(call.scope(), cluster, name);
        if (!Boolean.TRUE.equals(request.force()) && instances.load(instance).tasks() > 0) {
            throw Errors.invalidParameter("Found running tasks on the instance.");
        }
        var gone = instances.deregister(instance);
        use.orphan(instance.key());
        return DeregisterContainerInstanceResponse.builder()
                .containerInstance(InstanceView.of(gone, instances, true, false))
                .build();
    }

    DescribeContainerInstancesResponse describe(Call call, DescribeContainerInstancesRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster()).clusterName();
        counted(request.containerInstances(), MOST_DESCRIBED);
        var withTags = request.include().contains(ContainerInstanceField.TAGS);
        var withHealth = request.include().contains(ContainerInstanceField.CONTAINER_INSTANCE_HEALTH);
        var found = new ArrayList<software.amazon.awssdk.services.ecs.model.ContainerInstance>();
        var failures = new ArrayList<Failure>();
        for (var name : request.containerInstances()) {
            var key = key(call.scope(), cluster, name);
            instances
                    .find(key)
                    .ifPresentOrElse(
                            instance -> found.add(InstanceView.of(instance, instances, withTags, withHealth)),
                            () -> failures.add(failure(key, "MISSING")));
        }
        return DescribeContainerInstancesResponse.builder()
                .containerInstances(found)
                .failures(failures)
                .build();
    }

    ListContainerInstancesResponse list(Call call, ListContainerInstancesRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster()).clusterName();
        var status = request.status();
        if (status == ContainerInstanceStatus.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalidParameter(
                    "status should be one of " + "[ACTIVE,DRAINING,REGISTERING,DEREGISTERING,REGISTRATION_FAILED]");
        }
        var size = Pages.size(request.maxResults(), PAGE, PAGE);
        var filter = filter(request.filter());
        var listing = "ListContainerInstances " + cluster + " "
                + request.copy(r -> r.nextToken(null).maxResults(null));
        var arns = instances.all(call.scope(), cluster).stream()
                .filter(instance -> status == null
                        ? instance.status() != Status.INACTIVE
                        : instance.status().name().equals(status.toString()))
                .filter(instance -> filter.test(instances.host(instance)))
                .map(instance -> instance.key().arn().toString())
                .toList();
        var page = Pages.of(listing, arns, arn -> arn, request.nextToken(), size);
        return ListContainerInstancesResponse.builder()
                .containerInstanceArns(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static Predicate<Facts> filter(@Nullable String expression) {
        return expression == null || expression.isEmpty() ? _ -> true : Query.parse(expression)::holds;
    }

    UpdateContainerInstancesStateResponse updateState(Call call, UpdateContainerInstancesStateRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster()).clusterName();
        counted(request.containerInstances(), MOST_UPDATED);
        var status = switch (request.status()) {
            case ACTIVE -> Status.ACTIVE;
            case DRAINING -> Status.DRAINING;
            case REGISTERING, DEREGISTERING, REGISTRATION_FAILED, UNKNOWN_TO_SDK_VERSION -> throw wrongStatus();
            case null -> throw wrongStatus();
        };
        var updated = new ArrayList<software.amazon.awssdk.services.ecs.model.ContainerInstance>();
        var failures = new ArrayList<Failure>();
        for (var name : request.containerInstances()) {
            var key = key(call.scope(), cluster, name);
            var found = instances.find(key);
            if (found.isEmpty()) {
                failures.add(failure(key, "MISSING"));
            } else if (found.get().status() == Status.INACTIVE) {
                failures.add(failure(key, "INACTIVE"));
            } else {
                var instance = found.get().status() == status
                        ? found.get()
                        : instances.put(found.get().with(status));
                updated.add(InstanceView.of(instance, instances, false, false));
            }
        }
        return UpdateContainerInstancesStateResponse.builder()
                .containerInstances(updated)
                .failures(failures)
                .build();
    }

    private static AwsError wrongStatus() {
        return Errors.invalidParameter("Container instance status should be one of [ACTIVE, DRAINING]");
    }

    UpdateContainerAgentResponse updateAgent(Call call, UpdateContainerAgentRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster()).clusterName();
        registered(call.scope(), cluster, Errors.present(request.containerInstance(), "Container instance"));
        throw AwsError.client(
                "NoUpdateAvailableException", "There is no update available for the container instance's agent.");
    }

    private ContainerInstance registered(Scope scope, String cluster, String name) {
        var key = key(scope, cluster, name);
        return instances.registered(key).orElseThrow(() -> Errors.containerInstanceNotFound(key.id()));
    }

    private static void counted(List<String> names, int most) {
        if (names.isEmpty()) {
            throw Errors.client("Container Instances cannot be empty.");
        }
        if (names.size() > most) {
            throw Errors.invalidParameter("Container Instances can have at most " + most + " items.");
        }
    }

    private static InstanceKey key(Scope scope, String cluster, String name) {
        return new InstanceKey(scope, cluster, Identifier.within(scope, cluster, TYPE, name));
    }

    private static Failure failure(InstanceKey key, String reason) {
        return Failure.builder().arn(key.arn().toString()).reason(reason).build();
    }
}

package dev.hakoniwa.ecs.task;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Identifier;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.instance.InstanceKey;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AttachmentStateChange;
import software.amazon.awssdk.services.ecs.model.ContainerStateChange;
import software.amazon.awssdk.services.ecs.model.DiscoverPollEndpointRequest;
import software.amazon.awssdk.services.ecs.model.DiscoverPollEndpointResponse;
import software.amazon.awssdk.services.ecs.model.ManagedAgentName;
import software.amazon.awssdk.services.ecs.model.ManagedAgentStateChange;
import software.amazon.awssdk.services.ecs.model.SubmitAttachmentStateChangesRequest;
import software.amazon.awssdk.services.ecs.model.SubmitAttachmentStateChangesResponse;
import software.amazon.awssdk.services.ecs.model.SubmitContainerStateChangeRequest;
import software.amazon.awssdk.services.ecs.model.SubmitContainerStateChangeResponse;
import software.amazon.awssdk.services.ecs.model.SubmitTaskStateChangeRequest;
import software.amazon.awssdk.services.ecs.model.SubmitTaskStateChangeResponse;

/// The operations that ECS's agents call. The agent of every instance is a part of the emulator, which sees for itself
/// how its tasks are: what others report is checked and acknowledged, and changes nothing.
final class AgentCalls {
    private static final String ACKNOWLEDGMENT = "ACK";

    /// What agents report of tasks and containers.
    private static final List<String> STATUSES = List.of(
            "NONE", "PENDING", "MANIFEST_PULLED", "PULLED", "CREATED", "RUNNING", "RESOURCES_PROVISIONED", "STOPPED");

    private static final List<String> ATTACHMENT_STATUSES =
            List.of("PRECREATED", "CREATED", "ATTACHING", "ATTACHED", "DETACHING", "DETACHED", "DELETED", "FAILED");

    private static final List<String> MANAGED_AGENT_STATUSES = List.of("PENDING", "RUNNING", "STOPPED");

    private final Clusters clusters;
    private final Tasks tasks;
    private final String usual;

    /// @param usual the host and port for a caller who has named none
    AgentCalls(Clusters clusters, Tasks tasks, String usual) {
        this.clusters = clusters;
        this.tasks = tasks;
        this.usual = usual;
    }

    void addTo(Operations operations) {
        operations
                .on("DiscoverPollEndpoint", DiscoverPollEndpointRequest::builder, this::discover)
                .on("SubmitTaskStateChange", SubmitTaskStateChangeRequest::builder, this::submit)
                .on("SubmitContainerStateChange", SubmitContainerStateChangeRequest::builder, this::submit)
                .on("SubmitAttachmentStateChanges", SubmitAttachmentStateChangesRequest::builder, this::submit);
    }

    /// Everything is at the address at which the caller has found the API.
    DiscoverPollEndpointResponse discover(Call call, DiscoverPollEndpointRequest request) {
        if (request.containerInstance() != null) {
            instance(call.scope(), cluster(call, request.cluster()), request.containerInstance());
        } else if (request.cluster() != null) {
            cluster(call, request.cluster());
        }
        var endpoint = "http://" + (call.host().isEmpty() ? usual : call.host()) + "/";
        return DiscoverPollEndpointResponse.builder()
                .endpoint(endpoint)
                .telemetryEndpoint(endpoint)
                .serviceConnectEndpoint(endpoint)
                .build();
    }

    SubmitTaskStateChangeResponse submit(Call call, SubmitTaskStateChangeRequest request) {
        var task = task(call, request.cluster(), request.task());
        var saysMore = request.hasContainers() || request.hasAttachments() || request.hasManagedAgents();
        if (request.status() != null || !saysMore) {
            status("Status", request.status(), STATUSES);
        }
        request.containers().forEach(change -> container(task, change));
        request.managedAgents().forEach(change -> managedAgent(task, change));
        request.attachments().forEach(change -> {
            if (!task.attachmentIds().contains(id(call.scope(), change))) {
                throw attachmentNotFound();
            }
        });
        return SubmitTaskStateChangeResponse.builder()
                .acknowledgment(ACKNOWLEDGMENT)
                .build();
    }

    SubmitContainerStateChangeResponse submit(Call call, SubmitContainerStateChangeRequest request) {
        var task = task(call, request.cluster(), request.task());
        container(task, request.containerName());
        status("Status", request.status(), STATUSES);
        return SubmitContainerStateChangeResponse.builder()
                .acknowledgment(ACKNOWLEDGMENT)
                .build();
    }

    SubmitAttachmentStateChangesResponse submit(Call call, SubmitAttachmentStateChangesRequest request) {
        var cluster = cluster(call, request.cluster());
        if (request.attachments().isEmpty()) {
            throw Errors.invalidParameter("Attachments cannot be empty.");
        }
        for (var change : request.attachments()) {
            var task = tasks.withAttachment(call.scope(), id(call.scope(), change));
            if (task.filter(t -> t.key().cluster().equals(cluster)).isEmpty()) {
                throw attachmentNotFound();
            }
        }
        return SubmitAttachmentStateChangesResponse.builder()
                .acknowledgment(ACKNOWLEDGMENT)
                .build();
    }

    private String cluster(Call call, @Nullable String nameOrArn) {
        return clusters.resolve(call.scope(), nameOrArn).clusterName();
    }

    private void instance(Scope scope, String cluster, String nameOrArn) {
        var id = Identifier.within(scope, cluster, "container-instance", nameOrArn);
        if (tasks.instances().registered(new InstanceKey(scope, cluster, id)).isEmpty()) {
            throw Errors.containerInstanceNotFound(id);
        }
    }

    private LiveTask task(Call call, @Nullable String clusterName, @Nullable String nameOrArn) {
        var cluster = cluster(call, clusterName);
        var id = Identifier.within(call.scope(), cluster, "task", Errors.present(nameOrArn, "Task"));
        return tasks.find(new TaskKey(call.scope(), cluster, id)).orElseThrow(Errors::taskNotFound);
    }

    private static void container(LiveTask task, ContainerStateChange change) {
        container(task, change.containerName());
        status("Container status", change.status(), STATUSES);
    }

    private static void container(LiveTask task, @Nullable String name) {
        var present = Errors.present(name, "Container name");
        if (task.container(present).isEmpty()) {
            throw Errors.containerNotFound(present);
        }
    }

    private static void managedAgent(LiveTask task, ManagedAgentStateChange change) {
        container(task, change.containerName());
        Errors.present(change.managedAgentNameAsString(), "Managed agent name");
        if (change.managedAgentName() == ManagedAgentName.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalidParameter("managedAgentName should be one of " + ManagedAgentName.knownValues());
        }
        status("Managed agent status", change.status(), MANAGED_AGENT_STATUSES);
    }

    private static void status(String member, @Nullable String status, List<String> known) {
        if (!known.contains(Errors.present(status, member))) {
            throw Errors.invalidParameter(member + " should be one of " + known);
        }
    }

    /// The id in a change's ARN, the change being one that can be.
    private static String id(Scope scope, AttachmentStateChange change) {
        var arn = Errors.present(change.attachmentArn(), "Attachment ARN");
        status("Attachment status", change.status(), ATTACHMENT_STATUSES);
        return Optional.of(Identifier.arn(scope, arn))
                .filter(found -> found.resourceType().equals("attachment"))
                .orElseThrow(Errors::invalidArn)
                .resourceId();
    }

    private static AwsError attachmentNotFound() {
        return Errors.invalidParameter("The referenced attachment was not found.");
    }
}

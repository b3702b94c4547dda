package dev.hakoniwa.ecs.instance;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RegisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/// What tests of container instances do to an emulator with a default cluster, in few words.
final class InstanceStory {
    private final Story story;
    private final EcsClient ecs;

    /// @param instances how many the cluster has
    InstanceStory(int instances, String type) {
        story = new Story(TestEmulator.withInstances(instances, type));
        ecs = story.ecs();
    }

    Story story() {
        return story;
    }

    EcsClient ecs() {
        return ecs;
    }

    /// The ARNs of the cluster's instances.
    List<String> arns() {
        return ecs.listContainerInstances().containerInstanceArns();
    }

    ContainerInstance describe(String instance) {
        return ecs.describeContainerInstances(d -> d.containerInstances(instance))
                .containerInstances()
                .getFirst();
    }

    ContainerInstance register(String ec2InstanceId, Consumer<RegisterContainerInstanceRequest.Builder> rest) {
        var document = """
                {"instanceId": "%s", "instanceType": "c5.large", "availabilityZone": "us-east-1b",
                 "imageId": "ami-1", "architecture": "x86_64", "devpayProductCodes": null, "codes": ["a"]}""".formatted(ec2InstanceId);
        return ecs.registerContainerInstance(r -> r.instanceIdentityDocument(document)
                        .instanceIdentityDocumentSignature("signature")
                        .applyMutation(rest))
                .containerInstance();
    }

    void drain(String instance) {
        ecs.updateContainerInstancesState(u -> u.containerInstances(instance).status("DRAINING"));
    }

    static List<String> reasons(RunTaskResponse response) {
        return response.failures().stream().map(Failure::reason).toList();
    }

    static List<String> on(List<Task> tasks) {
        return tasks.stream().map(Task::containerInstanceArn).toList();
    }

    /// How much of a resource there is: a number, or the members of a set.
    static Object amount(List<Resource> resources, String name) {
        var resource = resources.stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow();
        return resource.type().equals("STRINGSET") ? resource.stringSetValue() : resource.integerValue();
    }
}

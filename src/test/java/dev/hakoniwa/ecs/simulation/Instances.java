package dev.hakoniwa.ecs.simulation;

import dev.hakoniwa.ecs.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;

/// Container instances that come, drain, are there again and go, as the seed has it. The one that every cluster has
/// stays.
final class Instances {
    private static final int MOST = 3;

    private final EcsClient ecs;
    private final Random random;
    private final History history;
    private final List<String> registered = new ArrayList<>();
    private int number;

    Instances(Story story, Random random, History history) {
        this.ecs = story.ecs();
        this.random = random;
        this.history = history;
    }

    void next() {
        switch (random.nextInt(3)) {
            case 0 -> register();
            case 1 -> drainOrNot();
            default -> lose();
        }
    }

    /// None drains any more.
    void activate() {
        all().stream()
                .filter(instance -> instance.status().equals("DRAINING"))
                .forEach(instance -> change(instance, "ACTIVE"));
    }

    /// All go that came.
    void leave() {
        registered.forEach(this::deregister);
        registered.clear();
    }

    private void register() {
        if (registered.size() == MOST) {
            return;
        }
        number++;
        var document = """
                {"instanceId": "i-%017x", "instanceType": "c5.large", "availabilityZone": "us-east-1%s"}""".formatted(number, "abc".charAt(random.nextInt(3)));
        var arn = ecs.registerContainerInstance(r -> r.instanceIdentityDocument(document))
                .containerInstance()
                .containerInstanceArn();
        history.note("instance " + arn + " comes");
        registered.add(arn);
    }

    private void drainOrNot() {
        var all = all();
        var instance = all.get(random.nextInt(all.size()));
        change(instance, instance.status().equals("ACTIVE") ? "DRAINING" : "ACTIVE");
    }

    private void lose() {
        if (!registered.isEmpty()) {
            deregister(registered.remove(random.nextInt(registered.size())));
        }
    }

    private void deregister(String arn) {
        history.note("instance " + arn + " goes");
        ecs.deregisterContainerInstance(d -> d.containerInstance(arn).force(true));
    }

    private void change(ContainerInstance instance, String status) {
        history.note("instance " + instance.containerInstanceArn() + " is " + status);
        ecs.updateContainerInstancesState(
                u -> u.containerInstances(instance.containerInstanceArn()).status(status));
    }

    private List<ContainerInstance> all() {
        var arns = ecs.listContainerInstances().containerInstanceArns();
        return ecs.describeContainerInstances(d -> d.containerInstances(arns)).containerInstances();
    }
}

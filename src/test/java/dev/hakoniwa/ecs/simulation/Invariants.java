package dev.hakoniwa.ecs.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.PublishedPort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/// What must hold, whatever happens.
final class Invariants {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
    private static final String PAUSE = "~internal~ecs~pause";

    private final Story story;
    private final Place place;

    Invariants(Story story, Place place) {
        this.story = story;
        this.place = place;
    }

    /// No address and no port of the host has two owners.
    void holdAlways() {
        var running = story.aws().engine().everything().stream()
                .filter(state -> state.status() == Status.RUNNING)
                .toList();
        assertThat(running.stream().map(ContainerState::address).filter(address -> !address.isEmpty()))
                .doesNotHaveDuplicates();
        assertThat(running.stream().flatMap(state -> state.ports().stream()).map(PublishedPort::hostPort))
                .doesNotHaveDuplicates();
    }

    /// The same of what EC2 tells of interfaces.
    void holdInterfaces() {
        assertThat(interfaces()).doesNotHaveDuplicates();
    }

    /// Everything has got where it was to go.
    void holdInCalm() {
        var tasks = tasks("RUNNING");
        assertThat(tasks).extracting(Task::lastStatus).allMatch("RUNNING"::equals);
        assertThat(tasks("STOPPED")).extracting(Task::lastStatus).allMatch("STOPPED"::equals);
        services().forEach(service -> assertConverged(service, tasks));
        assertInstances(tasks);
        assertTargets(place.ipGroup(), tasks);
        assertTargets(place.instanceGroup(), tasks);
        assertEngineHas(tasks);
        assertThat(interfaces()).containsExactlyInAnyOrderElementsOf(addresses(tasks));
        assertThat(hostPorts(tasks)).doesNotHaveDuplicates();
    }

    /// Nothing is left of anything.
    void holdAtTheEnd() {
        assertThat(tasks("RUNNING")).isEmpty();
        assertThat(story.aws().engine().everything()).isEmpty();
        assertThat(story.aws().engine().volumes().list(Map.of())).isEmpty();
        assertThat(interfaces()).isEmpty();
        assertThat(targets(place.ipGroup())).isEmpty();
        assertThat(targets(place.instanceGroup())).isEmpty();
        assertInstances(List.of());
        assertThat(services()).extracting(Service::status).allMatch("INACTIVE"::equals);
        assertThat(story.ecs()
                        .deleteCluster(c -> c.cluster("default"))
                        .cluster()
                        .status())
                .isEqualTo("INACTIVE");
    }

    /// What there is, for the history.
    List<String> state() {
        var lines = new ArrayList<String>();
        for (var service : services()) {
            lines.add("%s %s %d/%d %s"
                    .formatted(
                            service.serviceName(),
                            service.status(),
                            service.runningCount(),
                            service.desiredCount(),
                            service.deployments().stream()
                                    .map(d -> d.id() + " " + d.rolloutStateAsString())
                                    .toList()));
            service.events().forEach(event -> lines.add("  " + event.createdAt() + " " + event.message()));
        }
        Stream.of("RUNNING", "STOPPED")
                .flatMap(status -> tasks(status).stream())
                .forEach(task -> lines.add(task.toString()));
        return lines;
    }

    private static void assertConverged(Service service, List<Task> tasks) {
        if (service.status().equals("INACTIVE")) {
            return;
        }
        var own = tasks.stream()
                .filter(task -> task.group().equals("service:" + service.serviceName()))
                .count();
        assertThat(service.status()).isEqualTo("ACTIVE");
        assertThat(List.of(service.runningCount(), service.pendingCount(), (int) own))
                .as("service %s", service)
                .containsExactly(service.desiredCount(), 0, service.desiredCount());
        assertThat(service.deployments())
                .extracting(Deployment::status, Deployment::rolloutState)
                .containsExactly(tuple("PRIMARY", DeploymentRolloutState.COMPLETED));
        assertThat(service.events().getFirst().message()).endsWith("has reached a steady state.");
    }

    /// The group holds exactly the tasks of the services that use it, all of them healthy.
    private void assertTargets(String group, List<Task> tasks) {
        var members = services().stream()
                .filter(service -> service.status().equals("ACTIVE"))
                .filter(service -> service.loadBalancers().stream()
                        .map(LoadBalancer::targetGroupArn)
                        .anyMatch(group::equals))
                .map(service -> "service:" + service.serviceName())
                .toList();
        var expected = tasks.stream()
                .filter(task -> members.contains(task.group()))
                .map(Invariants::target)
                .toList();
        assertThat(targets(group)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /// Every task that needs a container instance is on one that is there, and each knows how many it has and how much
    /// is left.
    private void assertInstances(List<Task> tasks) {
        var onInstances = tasks.stream()
                .filter(task -> task.containerInstanceArn() != null)
                .collect(Collectors.groupingBy(Task::containerInstanceArn, Collectors.counting()));
        var arns = story.ecs().listContainerInstances().containerInstanceArns();
        assertThat(arns).containsAll(onInstances.keySet());
        story.ecs()
                .describeContainerInstances(d -> d.containerInstances(arns))
                .containerInstances()
                .forEach(instance -> {
                    long count = onInstances.getOrDefault(instance.containerInstanceArn(), 0L);
                    assertThat(List.of(instance.runningTasksCount(), instance.pendingTasksCount()))
                            .as("tasks of %s", instance)
                            .containsExactly((int) count, 0);
                    assertThat(instance.remainingResources().equals(instance.registeredResources()))
                            .as("nothing of %s is taken", instance)
                            .isEqualTo(count == 0);
                });
    }

    private static String target(Task task) {
        var app = task.containers().stream()
                .filter(c -> c.name().equals("app"))
                .findFirst()
                .orElseThrow();
        return app.networkInterfaces().isEmpty()
                ? "instance " + app.networkBindings().getFirst().hostPort() + " healthy"
                : app.networkInterfaces().getFirst().privateIpv4Address() + " 80 healthy";
    }

    private List<String> targets(String group) {
        return story.aws().elb().describeTargetHealth(d -> d.targetGroupArn(group)).targetHealthDescriptions().stream()
                .map(Invariants::target)
                .toList();
    }

    private static String target(TargetHealthDescription found) {
        var id = found.target().id();
        return "%s %d %s"
                .formatted(
                        id.startsWith("i-") ? "instance" : id,
                        found.target().port(),
                        found.targetHealth().stateAsString());
    }

    /// The engine holds the containers and volumes of the tasks that run, and nothing else. A container that its task
    /// does without may have been removed by hand, or never been made.
    private void assertEngineHas(List<Task> tasks) {
        var known = tasks.stream().flatMap(task -> containers(task, _ -> true)).toList();
        var running = tasks.stream()
                .flatMap(task -> containers(task, c -> c.lastStatus().equals("RUNNING")))
                .toList();
        var found = story.aws().engine().everything().stream()
                .map(state -> state.labels().get("com.amazonaws.ecs.task-arn") + " "
                        + state.labels().get("com.amazonaws.ecs.container-name"))
                .toList();
        assertThat(found).containsAll(running).isSubsetOf(known).doesNotHaveDuplicates();
        var volumes = tasks.stream()
                .filter(task -> task.taskDefinitionArn().contains("/web:"))
                .count();
        assertThat(story.aws().engine().volumes().list(Map.of())).hasSize((int) volumes);
    }

    private static Stream<String> containers(Task task, Predicate<Container> which) {
        var names = task.containers().stream().filter(which).map(Container::name);
        var pause = task.attachments().isEmpty() ? Stream.<String>empty() : Stream.of(PAUSE);
        return Stream.concat(names, pause).map(name -> task.taskArn() + " " + name);
    }

    private static Collection<String> addresses(List<Task> tasks) {
        return tasks.stream()
                .filter(task -> !task.attachments().isEmpty())
                .map(task -> task.containers()
                        .getFirst()
                        .networkInterfaces()
                        .getFirst()
                        .privateIpv4Address())
                .collect(Collectors.toSet());
    }

    private static List<Integer> hostPorts(List<Task> tasks) {
        return tasks.stream()
                .flatMap(task -> task.containers().stream())
                .filter(container -> container.lastStatus().equals("RUNNING"))
                .flatMap(container -> container.networkBindings().stream())
                .map(NetworkBinding::hostPort)
                .toList();
    }

    private List<String> interfaces() {
        return story.aws().ec2().describeNetworkInterfaces().networkInterfaces().stream()
                .map(found -> found.privateIpAddress())
                .toList();
    }

    private List<Service> services() {
        return story.ecs().describeServices(d -> d.services(NAMES)).services();
    }

    private List<Task> tasks(String desiredStatus) {
        return story.ecs().listTasksPaginator(t -> t.desiredStatus(desiredStatus)).stream()
                .filter(page -> !page.taskArns().isEmpty())
                .flatMap(page -> story.ecs().describeTasks(d -> d.tasks(page.taskArns())).tasks().stream())
                .toList();
    }
}

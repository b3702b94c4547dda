package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.task.state.TaskBuilder.task;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.core.SeededIds;
import dev.hakoniwa.ecs.TestEmulator;
import dev.hakoniwa.ecs.service.LiveService.Status;
import dev.hakoniwa.ecs.service.TaskState.Illness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// What the scheduler starts and stops. Tasks are letters: `h` is healthy, `r` runs but is not known to be healthy, `p`
/// is pending, `i` is ill, `k` is healthy and protected, `d` is healthy on an instance that drains; those of the
/// PRIMARY deployment stand before the slash, those of older ones after it.
final class ServicePlanTest {
    private static final String NEW = "ecs-svc/2";
    private static final String OLD = "ecs-svc/1";

    @ParameterizedTest
    @CsvSource({
        // A new service, and one that lost a task.
        "4, 100, 200, /, 4, /",
        "4, 100, 200, hhh/, 1, /",
        "4, 100, 200, hhpp/, 0, /",
        "4, 100, 200, hhhh/, 0, /",
        // More and fewer are wanted: what doesn't run yet goes first, then what isn't healthy.
        "6, 100, 200, hhhh/, 2, /",
        "2, 100, 200, hhhh/, 0, hh/",
        "2, 100, 200, hhpr/, 0, pr/",
        "0, 100, 200, hhp/, 0, hhp/",
        "0, 100, 200, h/hp, 0, h/hp",
    })
    void aServiceHasAsManyTasksAsAreWanted(
            int desired, int min, int max, String tasks, int start, @Nullable String stop) {
        var plan = plan(desired, min, max, tasks);

        assertThat(plan.start()).isEqualTo(start);
        assertThat(letters(plan)).isEqualTo(stop);
        assertThat(plan.stuck()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // Others go in the place of protected tasks, and are not replaced.
        "2, 100, 200, khhk/, 0, hh/, ''",
        "1, 100, 200, khk/, 0, h/, ecs-svc/2",
        "0, 100, 200, kk/, 0, /, ecs-svc/2",
        // A deployment goes on around them, as far as there is room.
        "2, 100, 200, /kh, 2, /, ecs-svc/1",
        "2, 100, 200, hh/kh, 0, /h, ecs-svc/1",
        "2, 100, 100, /kk, 0, /, ecs-svc/1",
    })
    void protectedTasksStay(
            int desired, int min, int max, String tasks, int start, @Nullable String stop, String kept) {
        var plan = plan(desired, min, max, tasks);

        assertThat(plan.start()).isEqualTo(start);
        assertThat(letters(plan)).isEqualTo(stop);
        assertThat(String.join(" ", plan.kept())).isEqualTo(kept);
        assertThat(plan.stuck()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // 50 and 200 percent of four: two may go and four may come at once.
        "4, 50, 200, /hhhh, 4, /hh, false",
        "4, 50, 200, pppp/hh, 0, /, false",
        "4, 50, 200, hhpp/hh, 0, /hh, false",
        // 75 percent of two is two: the new ones come first.
        "2, 75, 200, /hh, 2, /, false",
        "2, 75, 200, hp/hh, 0, /h, false",
        // 125 percent of three is three: the old ones must go first.
        "3, 50, 125, /hhh, 0, /h, false",
        "3, 100, 125, /hhh, 0, /, true",
        // 100 and 100 percent leave no room at all.
        "2, 100, 100, /hh, 0, /, true",
        // ... unless a task is missing anyway.
        "2, 100, 100, /h, 1, /, false",
        // A single task: stopped, then started; or started, then stopped.
        "1, 0, 100, /h, 0, /h, false",
        "1, 0, 100, /, 1, /, false",
        "1, 100, 200, /h, 1, /, false",
        "1, 100, 200, p/h, 0, /, false",
        "1, 100, 200, r/h, 0, /, false",
        "1, 100, 200, h/h, 0, /h, false",
        // Odd counts: what must stay is rounded up, what may be there is rounded down.
        "3, 50, 150, /hhh, 1, /h, false",
        "3, 50, 150, pp/hh, 0, /, false",
        "3, 50, 150, h/hh, 1, /h, false",
        "5, 50, 150, /hhhhh, 2, /hh, false",
        "7, 33, 133, /hhhhhhh, 2, /hhhh, false",
        "1, 50, 150, /h, 0, /, true",
        "1, 50, 200, /h, 1, /, false",
        "3, 0, 100, /hhh, 0, /hhh, false",
        "3, 0, 100, /, 3, /, false",
        "3, 34, 100, /hhh, 0, /h, false",
        // What is just between two looks is not stuck: it may still become healthy.
        "2, 50, 100, /rr, 0, /, false",
        // Old tasks that serve nobody go at once.
        "2, 100, 200, pp/pi, 0, /ip, false",
        // A bigger and a smaller service while it is deployed.
        "4, 100, 200, pp/hh, 2, /, false",
        "2, 100, 200, pp/hhhh, 0, /hh, false",
        // Several old deployments are one to the scheduler.
        "3, 100, 200, hh/hhp, 1, /hp, false",
    })
    void aDeploymentReplacesTasksWithinItsPercentages(
            int desired, int min, int max, String tasks, int start, @Nullable String stop, boolean stuck) {
        var plan = plan(desired, min, max, tasks);

        assertThat(plan.start()).isEqualTo(start);
        assertThat(letters(plan)).isEqualTo(stop);
        assertThat(plan.stuck()).isEqualTo(stuck);
    }

    @ParameterizedTest
    @CsvSource({
        // With room the replacement comes first, and the ill one goes when it is healthy.
        "2, 100, 200, hi/, 1, /",
        "2, 100, 200, hip/, 0, /",
        "2, 100, 200, hih/, 0, i/",
        "1, 100, 200, i/, 1, /",
        // Without room the ill ones go one by one, each when the last one's replacement is healthy.
        "3, 100, 100, iii/, 0, i/",
        "3, 100, 100, ii/, 1, /",
        "3, 100, 100, iip/, 0, /",
        "3, 100, 100, iih/, 0, i/",
        // If few enough healthy ones are needed, all ill ones go at once.
        "2, 0, 200, ii/, 2, ii/",
    })
    void illTasksAreReplacedWithinThePercentages(
            int desired, int min, int max, String tasks, int start, @Nullable String stop) {
        var plan = plan(desired, min, max, tasks);

        assertThat(plan.start()).isEqualTo(start);
        assertThat(letters(plan)).isEqualTo(stop);
    }

    @ParameterizedTest
    @CsvSource({
        // With room the replacement comes first.
        "3, 100, 200, hhd/, 1, /, false",
        "3, 100, 200, hhpd/, 0, /, false",
        "3, 100, 200, hhhd/, 0, d/, false",
        // If fewer are enough, the draining one goes first.
        "3, 50, 100, hhd/, 0, d/, false",
        "3, 50, 100, hdd/, 0, d/, false",
        // Without any room an instance can't be drained.
        "3, 100, 100, hhd/, 0, /, true",
        "0, 100, 200, d/, 0, d/, false",
    })
    void tasksOnDrainingInstancesAreReplacedWithinThePercentages(
            int desired, int min, int max, String tasks, int start, @Nullable String stop, boolean stuck) {
        var plan = plan(desired, min, max, tasks);

        assertThat(plan.start()).isEqualTo(start);
        assertThat(letters(plan)).isEqualTo(stop);
        assertThat(plan.stuck()).isEqualTo(stuck);
    }

    @Test
    void nothingIsStartedWhileStartsAreThrottled() {
        var plan = ServicePlan.of(service(2, 100, 200, s -> s), states("h/"), false);

        assertThat(plan.start()).isZero();
        assertThat(plan.stuck()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2, h/h, 0, /",
        "2, /hh, 0, /",
        "1, /hh, 0, /h",
        "0, p/hh, 0, p/hh",
        "2, hh/h, 0, /h",
        // What is still starting may fail too.
        "2, pp/hh, 0, /",
        "2, hp/hh, 0, /h",
    })
    void aDeploymentThatWasGivenUpStartsNothingAndLeavesTheOldTasks(
            int desired, String tasks, int start, @Nullable String stop) {
        var given = service(desired, 100, 200, s -> s.replace(s.primary().broken("failed", TestEmulator.START)));

        var plan = ServicePlan.of(given, states(tasks), true);

        assertThat(plan.start()).isEqualTo(start);
        assertThat(letters(plan)).isEqualTo(stop);
    }

    @Test
    void aServiceThatIsDeletedStopsEverything() {
        var plan = ServicePlan.of(service(3, 100, 200, s -> s.with(Status.DRAINING)), states("hhp/hi"), true);

        assertThat(plan.start()).isZero();
        assertThat(letters(plan)).isEqualTo("hhp/hi");
    }

    @Test
    void theFullestZoneGivesUpItsYoungestTask() {
        var tasks = List.of(
                inZone("1", "us-east-1a", 0),
                inZone("2", "us-east-1b", 10),
                inZone("3", "us-east-1a", 20),
                inZone("4", "us-east-1c", 30),
                inZone("5", "us-east-1b", 40));

        var plan = ServicePlan.of(service(3, 100, 200, s -> s), tasks, true);

        assertThat(plan.stop()).extracting(TaskState::id).containsExactlyInAnyOrder("5", "3");
    }

    private static ServicePlan plan(int desired, int min, int max, String tasks) {
        return ServicePlan.of(service(desired, min, max, s -> s), states(tasks), true);
    }

    private static TaskState inZone(String id, String zone, int age) {
        var task = task(id).startedBy(NEW)
                .in(zone)
                .createdAt(TestEmulator.START.plusSeconds(age))
                .running()
                .build();
        return new TaskState(task, true, Optional.empty(), false, Optional.empty(), false);
    }

    private static List<TaskState> states(String letters) {
        var states = new ArrayList<TaskState>();
        var deployment = NEW;
        for (var i = 0; i < letters.length(); i++) {
            if (letters.charAt(i) == '/') {
                deployment = OLD;
            } else {
                states.add(state(letters.charAt(i), letters.charAt(i) + "" + i, deployment));
            }
        }
        return states;
    }

    private static TaskState state(char letter, String id, String deployment) {
        var task = task(id).startedBy(deployment);
        var live = letter == 'p' ? task : task.running();
        var ill = letter == 'i' ? Optional.of(new Illness("ill", "is ill")) : Optional.<Illness>empty();
        var healthy = "hkd".indexOf(letter) >= 0;
        return new TaskState(live.build(), healthy, ill, letter == 'k', Optional.empty(), letter == 'd');
    }

    private static String letters(ServicePlan plan) {
        return letters(plan, NEW) + "/" + letters(plan, OLD);
    }

    private static String letters(ServicePlan plan, String deployment) {
        return plan.stop().stream()
                .filter(state -> state.deployment().equals(deployment))
                .map(state -> state.id().substring(0, 1))
                .sorted()
                .collect(joining());
    }

    private static LiveService service(int desired, int min, int max, UnaryOperator<LiveService> rest) {
        var revision = new Revision(
                TaskDefinition.builder().build(), LaunchType.EC2, List.of(), null, null, List.of(), List.of());
        var document = Service.builder()
                .desiredCount(desired)
                .deploymentConfiguration(d -> d.minimumHealthyPercent(min).maximumPercent(max))
                .build();
        var old = LiveDeployment.begun(OLD, revision, TestEmulator.START);
        var now = LiveDeployment.begun(NEW, revision, TestEmulator.START);
        var rollout = Rollout.of(new SeededIds(1), now, List.of(old), document.deploymentConfiguration());
        var service = LiveService.of(
                new ServiceKey(TestEmulator.SCOPE, "default", "web"),
                document,
                CreateServiceRequest.builder().build(),
                new Deployments(List.of(now, old), Optional.empty(), List.of(rollout)));
        return rest.apply(service);
    }
}

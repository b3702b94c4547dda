package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.task.engine.TaskJobs;
import dev.hakoniwa.ecs.task.engine.TaskJobs.Ground;
import dev.hakoniwa.ecs.task.engine.TaskJobs.Pause;
import dev.hakoniwa.ecs.task.life.TaskWork.Job;
import dev.hakoniwa.ecs.task.state.Infrastructure.State;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.Milestone;
import dev.hakoniwa.ecs.task.state.StopCause;
import dev.hakoniwa.ecs.task.state.TaskSpec.TaskNetwork;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.vpc.Networking;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Makes what a task needs around its containers before they start, and takes it down after they have ended.
final class InfrastructureWork {
    private static final Logger LOG = Logger.getLogger(InfrastructureWork.class);

    /// An engine that is still busy with what it is to remove says so, and can a moment later.
    private static final Duration REMOVAL_RETRY = Duration.ofSeconds(2);

    private static final int REMOVAL_TRIES = 5;

    private final Foundation foundation;
    private final TaskDriver driver;
    private final TaskJobs jobs;
    private final TaskWork work;
    private final Networking networking;

    InfrastructureWork(Foundation foundation, TaskDriver driver, TaskJobs jobs, TaskWork work, Networking networking) {
        this.foundation = foundation;
        this.driver = driver;
        this.jobs = jobs;
        this.work = work;
        this.networking = networking;
    }

    void prepare(LiveTask task) {
        driver.change(task.with(task.infrastructure().to(State.PREPARING)));
        var placed = task.spec().compute().placed();
        var instance = placed == null ? "" : placed.ec2InstanceId();
        work.begin(new Job<>(
                "prepare",
                task.key(),
                InfrastructureWork::isPreparing,
                () -> jobs.prepare(task, instance),
                this::prepared,
                this::failed,
                ground -> jobs.release(task.with(task.infrastructure().inGroup(ground.group())))));
    }

    void release(LiveTask task) {
        var releasing = driver.change(task.with(task.infrastructure().to(State.RELEASING)));
        release(releasing, REMOVAL_TRIES);
    }

    private void prepared(LiveTask task, Ground ground) {
        var grounded = driver.change(task.with(task.infrastructure().inGroup(ground.group())));
        if (!task.wanted() || !task.spec().sharesNamespaces()) {
            ready(grounded);
            return;
        }
        var network = task.spec().network();
        if (network == null) {
            pause(grounded, ground);
            return;
        }
        try {
            var made = networkInterface(task, network);
            pause(driver.change(grounded.with(grounded.infrastructure().with(made))), ground);
        } catch (AwsError e) {
            failed(grounded, refused(network, e));
        }
    }

    private void pause(LiveTask task, Ground ground) {
        work.begin(new Job<>(
                "network",
                task.key(),
                InfrastructureWork::isPreparing,
                () -> jobs.pause(task, ground.network()),
                this::joined,
                this::failed,
                pause -> jobs.release(task.with(task.infrastructure().with(pause.id())))));
    }

    private Networking.Interface networkInterface(LiveTask task, TaskNetwork network) {
        return networking.createInterface(
                task.key().scope(),
                new Networking.InterfaceRequest(
                        network.subnetId(),
                        network.securityGroups(),
                        task.infrastructure().attachmentId(),
                        network.assignPublicIp()));
    }

    private static EngineException refused(TaskNetwork network, AwsError e) {
        var assignment = network.assignPublicIp() ? "enabled" : "disabled";
        return new EngineException(
                EngineException.Kind.REFUSED, """
                Unexpected EC2 error while attempting to Create Network Interface with public IP assignment %s in \
                subnet '%s': %s""".formatted(assignment, network.subnetId(), e.code()));
    }

    private void joined(LiveTask task, Pause pause) {
        driver.own(task.key(), pause.id());
        var made = task.infrastructure().networkInterface();
        if (made != null && !pause.ports().isEmpty()) {
            networking.publish(task.key().scope(), made.interfaceId(), pause.ports());
        }
        ready(task.with(task.infrastructure().with(pause.id())));
    }

    private void ready(LiveTask task) {
        var now = foundation.clock().instant();
        var next = task.with(task.infrastructure().to(State.READY));
        driver.change(task.wanted() ? next.with(next.progress().reached(Milestone.CONNECTED, now)) : next);
        driver.drive(task.key());
    }

    private void failed(LiveTask task, EngineException failure) {
        LOG.warnf("task %s failed to start: %s", task.key(), failure.text());
        var now = foundation.clock().instant();
        var next = task.with(task.infrastructure().to(State.READY));
        driver.change(next.with(next.progress().stop(StopCause.failedToStart(failure.text()), now)));
        driver.drive(task.key());
    }

    private void release(LiveTask task, int tries) {
        work.begin(new Job<>(
                "release",
                task.key(),
                InfrastructureWork::isReleasing,
                () -> {
                    jobs.release(task);
                    return true;
                },
                (t, _) -> released(t),
                (t, failure) -> notReleased(t, failure, tries - 1)));
    }

    private void notReleased(LiveTask task, EngineException failure, int tries) {
        if (tries > 0) {
            foundation
                    .timers()
                    .after(
                            REMOVAL_RETRY,
                            () -> foundation
                                    .tables()
                                    .write(() -> driver.find(task.key())
                                            .filter(InfrastructureWork::isReleasing)
                                            .ifPresent(t -> release(t, tries))));
            return;
        }
        LOG.warnf("task %s: not everything could be removed: %s", task.key(), failure.text());
        released(task);
    }

    private void released(LiveTask task) {
        var made = task.infrastructure().networkInterface();
        if (made != null) {
            networking.deleteInterface(task.key().scope(), made.interfaceId());
        }
        driver.released(task.with(task.infrastructure().to(State.RELEASED)));
    }

    private static boolean isPreparing(LiveTask task) {
        return task.infrastructure().state() == State.PREPARING;
    }

    private static boolean isReleasing(LiveTask task) {
        return task.infrastructure().state() == State.RELEASING;
    }
}

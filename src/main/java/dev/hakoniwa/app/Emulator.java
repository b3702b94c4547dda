package dev.hakoniwa.app;

import dev.hakoniwa.aws.Callers;
import dev.hakoniwa.aws.Credentials;
import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Router;
import dev.hakoniwa.aws.Service;
import dev.hakoniwa.core.Background;
import dev.hakoniwa.core.Events;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.ecr.Ecr;
import dev.hakoniwa.ecr.EcrApi;
import dev.hakoniwa.ecr.RegistryAddress;
import dev.hakoniwa.ecr.blobs.BlobStore;
import dev.hakoniwa.ecs.Ecs;
import dev.hakoniwa.ecs.EcsApi;
import dev.hakoniwa.ecs.TaskEndpoints;
import dev.hakoniwa.ecs.exec.Sessions;
import dev.hakoniwa.ecs.task.SpotInterruptions;
import dev.hakoniwa.elb.Elb;
import dev.hakoniwa.elb.ElbApi;
import dev.hakoniwa.elb.ServedListener;
import dev.hakoniwa.iam.Iam;
import dev.hakoniwa.iam.IamApi;
import dev.hakoniwa.iam.StsApi;
import dev.hakoniwa.logs.Logs;
import dev.hakoniwa.logs.LogsApi;
import dev.hakoniwa.proxy.DataPlane;
import dev.hakoniwa.proxy.Probes;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Engine;
import dev.hakoniwa.runtime.EngineEvent;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineStatus;
import dev.hakoniwa.runtime.Leftovers;
import dev.hakoniwa.runtime.Owner;
import dev.hakoniwa.s3.S3;
import dev.hakoniwa.secrets.SecretStores;
import dev.hakoniwa.tmds.TaskEndpoint;
import dev.hakoniwa.vpc.Ec2;
import dev.hakoniwa.vpc.Ec2Api;
import dev.hakoniwa.vpc.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The emulator: every part, made and joined, from top to bottom.
public final class Emulator {
    private static final Logger LOG = Logger.getLogger(Emulator.class);
    private static final long LOG_BYTES = 64L * 1024 * 1024;

    private final Outside outside;
    private final Owner self;
    private final Once clearance = new Once(this::removeLeftovers);
    private final Instant started;
    private final Router router;
    private final Ecr ecr;
    private final Elb elb;
    private final Ecs ecs;
    private final TaskEndpoint taskEndpoint;

    /// What differs between the emulator that serves and the one in a test.
    public record Outside(
            Engine engine,
            Time time,
            Background background,
            Ids ids,
            DataPlane dataPlane,
            Probes probes,
            BlobStore blobs,
            TaskEndpoints taskEndpoints) {
        private @Nullable ContainerId home() {
            return engine.home().orElse(null);
        }
    }

    public Emulator(Settings settings, Outside outside) {
        this.outside = outside;
        started = outside.time().instant();
        self = new Owner(outside.ids().hex(12), settings.host(), settings.port(), outside.home());
        var foundation = new Foundation(
                new Tables(), outside.time(), outside.time(), this::runCleared, outside.ids(), new Events());

        var iam = new Iam(foundation.tables(), foundation.ids(), outside.time());
        var secrets = new SecretStores(foundation);
        var s3 = new S3(foundation);
        var logs = new Logs(foundation.tables(), foundation.ids(), foundation.clock(), LOG_BYTES);
        var ec2 = ec2(foundation, settings);
        ecr = new Ecr(foundation, new RegistryAddress("localhost", settings.port()), outside.blobs());
        elb = new Elb(foundation, ec2, outside.dataPlane(), outside.probes());
        ecs = new Ecs(
                foundation,
                new Ecs.Neighbours(
                        outside.engine(),
                        self.labels(),
                        ec2,
                        ecr.imageResolver(),
                        logs,
                        elb.targets(),
                        outside.taskEndpoints(),
                        new Ecs.Stores(secrets, s3, iam.roles())));
        taskEndpoint = new TaskEndpoint(foundation, ecs.agent(), iam.roles(), System::nanoTime);

        var services = new LinkedHashMap<Service, Supplier<Operations>>();
        services.put(EcsApi.SERVICE, ecs::operations);
        services.put(EcrApi.SERVICE, () -> new EcrApi(ecr).operations());
        services.put(ElbApi.SERVICE, elb::operations);
        services.put(Ec2Api.SERVICE, () -> Ec2Api.operations(ec2));
        services.put(IamApi.SERVICE, () -> IamApi.operations(iam));
        services.put(StsApi.SERVICE, () -> StsApi.operations(iam));
        services.put(LogsApi.SERVICE, () -> LogsApi.operations(logs));
        services.put(SecretStores.SECRETS_MANAGER, secrets::secretsManagerOperations);
        services.put(SecretStores.PARAMETER_STORE, () -> ecs.addSessionsTo(secrets.parameterStoreOperations()));
        services.put(S3.SERVICE, s3::operations);
        router = router(settings, services, foundation, iam);
    }

    private Ec2 ec2(Foundation foundation, Settings settings) {
        var machine = new Machine(
                outside.engine().networks(), self.labels(), outside.engine().address(), settings.fleet());
        return new Ec2(foundation.tables(), foundation.ids(), foundation.clock(), foundation.background(), machine);
    }

    private static Router router(
            Settings settings, Map<Service, Supplier<Operations>> services, Foundation foundation, Iam iam) {
        return new Router(
                services,
                foundation.tables(),
                new Callers(settings.scope(), iam.credentials(Credentials.rootOfAccounts(settings.account()))),
                foundation.ids(),
                foundation.clock());
    }

    /// Begins what happens by itself. What an earlier emulator on this port has left is removed as soon as the engine
    /// answers: it can't be running any more, as the port is ours, which must be so by now.
    public void start() {
        ecr.start();
        outside.engine().listen(event -> {
            if (event instanceof EngineEvent.Connected(var status)) {
                LOG.infof("container engine: %s", status.detail());
                outside.background().run("remove leftovers", clearance::ensure);
            }
        });
    }

    /// What the engine does for tasks waits until what was left behind is gone, as that may hold the ports,
    /// addresses and names that they want.
    private void runCleared(String name, Runnable action) {
        outside.background().run(name, () -> {
            try {
                clearance.ensure();
            } catch (EngineException e) {
                LOG.debugf("%s does not wait for leftovers: %s", name, e.text());
            }
            action.run();
        });
    }

    /// What everything that this emulator makes on the engine is labelled with.
    public String instance() {
        return self.instance();
    }

    /// What everything that this emulator makes on the engine carries.
    Map<String, String> labels() {
        return self.labels();
    }

    public Router router() {
        return router;
    }

    public Ecr ecr() {
        return ecr;
    }

    public TaskEndpoint taskEndpoint() {
        return taskEndpoint;
    }

    /// The sessions of ECS Exec.
    public Sessions sessions() {
        return ecs.sessions();
    }

    public Time time() {
        return outside.time();
    }

    public EngineStatus engine() {
        return outside.engine().status();
    }

    public Duration uptime() {
        return Duration.between(started, outside.time().instant());
    }

    /// Every listener of every load balancer, and where it is served.
    public List<ServedListener> endpoints() {
        return elb.endpoints();
    }

    public SpotInterruptions spotInterruptions() {
        return ecs.spotInterruptions();
    }

    /// Removes all that this emulator has made on the engine. Blocks.
    ///
    /// @return false if the engine has fallen silent meanwhile
    public boolean removeOwn() {
        var removed = new Leftovers(outside.engine()).remove(self.instance());
        report(removed);
        return !removed.givenUp();
    }

    private void removeLeftovers() {
        report(new OtherEmulators(outside.engine(), self.container()).removeThoseBefore(self));
    }

    private static void report(Leftovers.Removed removed) {
        if (removed.containers() + removed.networks() + removed.volumes() > 0) {
            LOG.infof("removed %s", removed);
        }
        removed.problems().forEach(problem -> LOG.warnf("could not be removed: %s", problem));
    }
}

package dev.hakoniwa.ecs;

import dev.hakoniwa.core.Events;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.SeededBackground;
import dev.hakoniwa.core.SeededIds;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.ecr.ImageResolver;
import dev.hakoniwa.ecs.TaskEndpoints.Addresses;
import dev.hakoniwa.ecs.exec.Sessions;
import dev.hakoniwa.elb.Elb;
import dev.hakoniwa.iam.Iam;
import dev.hakoniwa.iam.IamApi;
import dev.hakoniwa.logs.Logs;
import dev.hakoniwa.logs.LogsApi;
import dev.hakoniwa.runtime.Behaviour;
import dev.hakoniwa.runtime.Images.Login;
import dev.hakoniwa.runtime.Labels;
import dev.hakoniwa.runtime.SimulatedEngine;
import dev.hakoniwa.s3.S3;
import dev.hakoniwa.secrets.SecretStores;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.InMemoryAws;
import dev.hakoniwa.testing.Shipped;
import dev.hakoniwa.vpc.Ec2;
import dev.hakoniwa.vpc.Ec2Api;
import dev.hakoniwa.vpc.Fleet;
import dev.hakoniwa.vpc.InstanceType;
import dev.hakoniwa.vpc.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/// ECS with all that it stands on, over a simulated engine, behind the real SDK clients. Time is moved by hand, and the
/// same seed gives the same history.
@InJvm("a world in which things go wrong as they are planned, and work that is done when time has passed")
public final class TestEmulator {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final Scope SCOPE = InMemoryAws.SCOPE;

    /// What the emulator's own registry is asked for under this name, the engine pulls from [#REGISTRY].
    public static final String OWN_IMAGE = "000000000000.dkr.ecr.us-east-1.amazonaws.com/web:1";

    public static final String REGISTRY = "localhost:4566/000000000000/us-east-1/";

    private static final Map<String, String> LABELS = Map.of(Labels.INSTANCE, "test", Labels.PORT, "4566");

    private final Time time = Time.stopped(START);
    private final Tables tables = new Tables();
    private final TestWorld world = new TestWorld();
    private final TestDataPlane dataPlane = new TestDataPlane();
    private final SimulatedEngine engine;
    private final Ec2 ec2;
    private final InMemoryAws aws;
    private final Ecs ecs;
    private final Foundation foundation;
    private Addresses taskAddresses = new Addresses(TaskEndpoints.USUAL_AGENT, "http://169.254.170.2:4566");
    private final Map<Class<?>, Object> clients = new HashMap<>();

    private TestEmulator(long seed, Duration longestJob, Optional<Behaviour> behaviour) {
        this(
                seed,
                longestJob,
                behaviour,
                new Fleet(1, InstanceType.of("m5.16xlarge").orElseThrow()));
    }

    private TestEmulator(long seed, Duration longestJob, Optional<Behaviour> behaviour, Fleet fleet) {
        var ids = new SeededIds(seed);
        var background = new SeededBackground(time, seed, longestJob);
        foundation = new Foundation(tables, time, time, background, ids, new Events());
        engine = new SimulatedEngine(time, time, ids, behaviour.orElse(world));
        ec2 = new Ec2(tables, ids, time, background, new Machine(engine.networks(), LABELS, "127.0.0.1", fleet));
        var logs = new Logs(tables, ids, time, Logs.BYTES_AT_MOST);
        var secrets = new SecretStores(foundation);
        var s3 = new S3(foundation);
        var iam = new Iam(tables, ids, time);
        var elb = new Elb(foundation, ec2, dataPlane, dataPlane);
        ecs = new Ecs(
                foundation,
                new Ecs.Neighbours(
                        engine,
                        LABELS,
                        ec2,
                        TestEmulator::resolve,
                        logs,
                        elb.targets(),
                        () -> taskAddresses,
                        new Ecs.Stores(secrets, s3, iam.roles())));
        aws = InMemoryAws.of(
                tables,
                time,
                ecs.operations(),
                elb.operations(),
                LogsApi.operations(logs),
                Ec2Api.operations(ec2),
                IamApi.operations(iam),
                secrets.secretsManagerOperations(),
                ecs.addSessionsTo(secrets.parameterStoreOperations()),
                s3.operations());
    }

    /// Where only that goes wrong which is planned in [#world], and what runs in the background is soon done.
    public static TestEmulator calm() {
        return new TestEmulator(1, Duration.ofMillis(20), Optional.empty());
    }

    /// Where things happen as the seed and the behaviour have it.
    public static TestEmulator seeded(long seed, Behaviour behaviour) {
        return Shipped.notWith(new TestEmulator(seed, Duration.ofMillis(500), Optional.of(behaviour)));
    }

    /// The same with so many container instances of a type.
    public static TestEmulator withInstances(int number, String type) {
        var fleet = new Fleet(number, InstanceType.of(type).orElseThrow());
        return Shipped.notWith(new TestEmulator(1, Duration.ofMillis(20), Optional.empty(), fleet));
    }

    public EcsClient ecs() {
        return once(EcsClient.class, () -> ecs(SCOPE));
    }

    public EcsClient ecs(Scope scope) {
        return aws.client(EcsClient.builder(), scope);
    }

    public ElasticLoadBalancingV2Client elb() {
        return once(ElasticLoadBalancingV2Client.class, () -> elb(SCOPE));
    }

    public ElasticLoadBalancingV2Client elb(Scope scope) {
        return aws.client(ElasticLoadBalancingV2Client.builder(), scope);
    }

    public CloudWatchLogsClient logs() {
        return once(CloudWatchLogsClient.class, () -> aws.client(CloudWatchLogsClient.builder()));
    }

    public SecretsManagerClient secretsManager() {
        return once(SecretsManagerClient.class, () -> secretsManager(SCOPE));
    }

    public SecretsManagerClient secretsManager(Scope scope) {
        return aws.client(SecretsManagerClient.builder(), scope);
    }

    public SsmClient ssm() {
        return once(SsmClient.class, () -> aws.client(SsmClient.builder()));
    }

    public S3Client s3() {
        return once(S3Client.class, () -> aws.client(S3Client.builder().forcePathStyle(true)));
    }

    public IamClient iam() {
        return once(IamClient.class, () -> aws.client(IamClient.builder()));
    }

    public Ec2Client ec2() {
        return once(Ec2Client.class, () -> aws.client(Ec2Client.builder()));
    }

    /// The sessions of ECS Exec.
    public Sessions sessions() {
        return Shipped.notWith(ecs).sessions();
    }

    /// Where tasks find the agent and the API from now on.
    public void taskAddresses(Addresses addresses) {
        taskAddresses = Shipped.notWith(addresses);
    }

    /// Takes the capacity of a task of FARGATE_SPOT away; false if it isn't one.
    public boolean interrupt(String taskArn) {
        return Shipped.notWith(ecs).spotInterruptions().interrupt(taskArn);
    }

    public Agent agent() {
        return Shipped.notWith(ecs).agent();
    }

    public Foundation foundation() {
        return Shipped.notWith(foundation);
    }

    public SimulatedEngine engine() {
        return Shipped.notWith(engine);
    }

    public TestWorld world() {
        return Shipped.notWith(world);
    }

    public TestDataPlane dataPlane() {
        return Shipped.notWith(dataPlane);
    }

    public Time time() {
        return Shipped.notWith(time);
    }

    public Tables tables() {
        return Shipped.notWith(tables);
    }

    public void advance(Duration duration) {
        time().advance(duration);
    }

    public void advanceSeconds(int seconds) {
        time().advance(Duration.ofSeconds(seconds));
    }

    /// The default VPC's subnets, in the order of their zones.
    public List<String> subnets() {
        return subnets(SCOPE);
    }

    public List<String> subnets(Scope scope) {
        return defaultSubnets(scope).map(Subnet::subnetId).toList();
    }

    /// The default VPC.
    public String vpc() {
        return vpc(SCOPE);
    }

    public String vpc(Scope scope) {
        return defaultSubnets(scope).findFirst().orElseThrow().vpcId();
    }

    private Stream<Subnet> defaultSubnets(Scope scope) {
        var client = aws.client(Ec2Client.builder(), scope);
        return client
                .describeSubnets(s -> s.filters(f -> f.name("default-for-az").values("true")))
                .subnets()
                .stream()
                .sorted(Comparator.comparing(Subnet::availabilityZone));
    }

    private <C> C once(Class<C> type, Supplier<C> client) {
        return type.cast(clients.computeIfAbsent(type, _ -> client.get()));
    }

    private static Optional<ImageResolver.Source> resolve(String image) {
        var slash = image.indexOf(".amazonaws.com/");
        return slash < 0
                ? Optional.empty()
                : Optional.of(new ImageResolver.Source(
                        REGISTRY + image.substring(slash + ".amazonaws.com/".length()), new Login("AWS", "token")));
    }
}

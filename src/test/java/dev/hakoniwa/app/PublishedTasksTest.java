package dev.hakoniwa.app;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.app.Emulator.Outside;
import dev.hakoniwa.aws.InMemoryHttpClient;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Problems;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.core.VirtualThreads;
import dev.hakoniwa.docker.DockerEngine;
import dev.hakoniwa.docker.TestImage;
import dev.hakoniwa.ecr.blobs.BlobStore;
import dev.hakoniwa.ecs.TaskEndpoints.Addresses;
import dev.hakoniwa.proxy.Proxy;
import dev.hakoniwa.runtime.PublishedPort;
import dev.hakoniwa.testing.DockerTest;
import dev.hakoniwa.testing.FreePort;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// A load balancer reaches the tasks of an engine whose containers can't be reached at their addresses.
@DockerTest
final class PublishedTasksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final Time time = Time.running();
    private final VirtualThreads threads = new VirtualThreads(Duration.ofSeconds(5));
    private final DockerEngine engine = DockerEngine.usual();
    private final Proxy proxy = new Proxy(vertx, time, Proxy.Settings.of(Set.of()));

    @Test
    void aServiceIsReachedAtItsPublishedPorts(@TempDir Path folder) throws Exception {
        var emulator = emulator(folder);
        var port = FreePort.next();
        try (var ecs = client(emulator, EcsClient.builder())) {
            ecs.createCluster();
            ecs.registerTaskDefinition(r -> r.family("web")
                    .networkMode("awsvpc")
                    .containerDefinitions(c -> c.name("web")
                            .image(TestImage.reference())
                            .memory(32)
                            .command("sh", "-c", "mkdir /www; echo hello > /www/index.html; httpd -f -p 8080 -h /www")
                            .stopTimeout(0)
                            .portMappings(p -> p.containerPort(8080))));
            var subnets = subnets(emulator);
            var group = balance(emulator, subnets.values().iterator().next(), subnets.keySet(), port);
            ecs.createService(s -> s.serviceName("web")
                    .taskDefinition("web")
                    .desiredCount(1)
                    .loadBalancers(
                            l -> l.targetGroupArn(group).containerName("web").containerPort(8080))
                    .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(subnets.keySet()))));

            eventually(() -> assertThat(get(port)).isEqualTo("hello\n"));
            var pause = engine.containers()
                    .list(Map.of(
                            "com.amazonaws.ecs.container-name", "~internal~ecs~pause", "dev.hakoniwa.port", "4650"))
                    .getFirst();
            assertThat(pause.ports())
                    .singleElement()
                    .extracting(PublishedPort::hostAddress, PublishedPort::containerPort)
                    .containsExactly("127.0.0.1", 8080);
        } finally {
            end(emulator);
        }
    }

    private Emulator emulator(Path folder) throws IOException {
        var settings =
                Settings.read(name -> Optional.of("4650").filter(_ -> name.equals("hakoniwa.port")), new Problems());
        return new Emulator(
                settings,
                new Outside(
                        new UnroutableEngine(engine),
                        time,
                        threads,
                        Ids.random(),
                        proxy,
                        proxy.probes(),
                        BlobStore.open(folder),
                        () -> Addresses.NONE));
    }

    private void end(Emulator emulator) {
        time.close();
        emulator.removeOwn();
        threads.close();
        emulator.removeOwn();
        proxy.close();
        engine.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /// The default VPC by its subnets.
    private static Map<String, String> subnets(Emulator emulator) {
        try (var ec2 = client(emulator, Ec2Client.builder())) {
            return ec2.describeSubnets().subnets().stream().collect(toMap(Subnet::subnetId, Subnet::vpcId));
        }
    }

    private static String balance(Emulator emulator, String vpc, Set<String> subnets, int port) {
        try (var elb = client(emulator, ElasticLoadBalancingV2Client.builder())) {
            var group = elb.createTargetGroup(g -> g.name("web")
                            .protocol(ProtocolEnum.HTTP)
                            .port(8080)
                            .vpcId(vpc)
                            .targetType(TargetTypeEnum.IP)
                            .healthCheckIntervalSeconds(5)
                            .healthCheckTimeoutSeconds(2)
                            .healthyThresholdCount(2))
                    .targetGroups()
                    .getFirst()
                    .targetGroupArn();
            var balancer = elb.createLoadBalancer(l -> l.name("web").subnets(subnets))
                    .loadBalancers()
                    .getFirst()
                    .loadBalancerArn();
            elb.createListener(l -> l.loadBalancerArn(balancer)
                    .protocol(ProtocolEnum.HTTP)
                    .port(port)
                    .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group)));
            return group;
        }
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            Emulator emulator, B builder) {
        return builder.httpClient(new InMemoryHttpClient(emulator.router()::answer))
                .endpointOverride(URI.create("http://localhost"))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    private static String get(int port) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void eventually(Runnable assertion) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                assertion.run();
                return;
            } catch (AssertionError _) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
        assertion.run();
    }
}

package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.hakoniwa.docker.TestImage;
import dev.hakoniwa.testing.DockerTest;
import dev.hakoniwa.testing.FreePort;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;

/// What terraform makes of the emulator: everything it asks for, nothing that drifts, nothing that is left.
@DockerTest
@ExtendWith(TerraformCondition.class)
final class TerraformTest {
    private final RunningEmulator emulator = RunningEmulator.start();
    private final String listenerPort = String.valueOf(FreePort.next());

    @TempDir
    private Path folder;

    @AfterEach
    void endIt() {
        assertThat(emulator.terminate()).isEqualTo(143);
        assertThat(OnEngine.containers(emulator)).isEmpty();
        assertThat(OnEngine.networksAndVolumes(emulator)).isEmpty();
    }

    @Test
    void theExampleIsAppliedChangedAndDestroyed() {
        var terraform = Terraform.in(folder, Path.of("examples/terraform/main.tf"), emulator);
        var first = Map.of("image", TestImage.serving("blue"), "listener_port", listenerPort);
        var second = Map.of("image", TestImage.serving("green"), "listener_port", listenerPort, "desired_count", "3");

        terraform.apply(first);
        terraform.mustNotDrift(first);
        mustServe(terraform.output("url"), "blue");

        terraform.apply(second);
        terraform.mustNotDrift(second);
        mustServe(terraform.output("url"), "green");

        terraform.destroy(second);
        nothingMustBeLeft(Region.US_EAST_1);
    }

    @Test
    void aShopWithANetworkOfItsOwnIsAppliedChangedAndDestroyed() {
        var terraform = Terraform.in(folder, Path.of("testdata/terraform/shop.tf"), emulator);
        var image = TestImage.serving("shop");
        var first = Map.of("image", image, "listener_port", listenerPort);
        var second = Map.of(
                "image", image, "listener_port", listenerPort, "desired_count", "2", "rule_description", "Everybody");

        terraform.apply(first);
        terraform.mustNotDrift(first);
        var url = terraform.output("url");
        mustServe(url, "shop");
        from(url).get("/else").then().statusCode(404).body(equalTo("nothing here"));
        from(url).redirects().follow(false).get("/old/shoes").then().statusCode(301);

        terraform.apply(second);
        terraform.mustNotDrift(second);
        mustServe(url, "shop");

        terraform.destroy(second);
        nothingMustBeLeft(Region.EU_WEST_1);
    }

    private void mustServe(String url, String text) {
        from(url).get("/").then().statusCode(200).body(containsString(text));
    }

    /// The load balancer's own name resolves on few machines; browsers and curl know it without.
    private static RequestSpecification from(String url) {
        var address = URI.create(url);
        return given().baseUri("http://127.0.0.1:" + address.getPort()).header("Host", address.getAuthority());
    }

    private void nothingMustBeLeft(Region region) {
        try (var ecs = emulator.client(EcsClient.builder(), region);
                var ecr = emulator.client(EcrClient.builder(), region);
                var logs = emulator.client(CloudWatchLogsClient.builder(), region)) {
            assertThat(ecs.listClusters().clusterArns()).isEmpty();
            assertThat(ecs.listTaskDefinitions().taskDefinitionArns()).isEmpty();
            assertThat(ecr.describeRepositories().repositories()).isEmpty();
            assertThat(logs.describeLogGroups().logGroups()).isEmpty();
        }
        try (var elb = emulator.client(ElasticLoadBalancingV2Client.builder(), region);
                var iam = emulator.client(IamClient.builder(), region)) {
            assertThat(elb.describeLoadBalancers().loadBalancers()).isEmpty();
            assertThat(elb.describeTargetGroups().targetGroups()).isEmpty();
            assertThat(iam.listPolicies(p -> p.scope(PolicyScopeType.LOCAL)).policies())
                    .isEmpty();
            assertThat(iam.listRoles().roles())
                    .allSatisfy(role -> assertThat(role.path()).startsWith("/aws-service-role/"));
        }
        try (var ec2 = emulator.client(Ec2Client.builder(), region)) {
            assertThat(ec2.describeVpcs().vpcs()).hasSize(1);
            assertThat(ec2.describeSecurityGroups().securityGroups())
                    .extracting(SecurityGroup::groupName)
                    .containsExactly("default");
            eventually(() -> assertThat(ec2.describeNetworkInterfaces().networkInterfaces())
                    .isEmpty());
        }
        eventually(() -> assertThat(OnEngine.containers(emulator)).isEmpty());
    }
}

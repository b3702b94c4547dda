package dev.hakoniwa.ecs.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TaskEndpoints.Addresses;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;

final class ContainerEnvironmentTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/app";

    private final Story story = Story.calm();

    @Test
    void aContainerIsToldWhereItIsAndWhomToAsk() {
        assertThat(environment())
                .containsEntry("AWS_REGION", "us-east-1")
                .containsEntry("AWS_DEFAULT_REGION", "us-east-1")
                .containsEntry("AWS_EXECUTION_ENV", "AWS_ECS_EC2")
                .containsEntry("AWS_ENDPOINT_URL", "http://169.254.170.2:4566")
                .hasEntrySatisfying(
                        "ECS_CONTAINER_METADATA_URI", uri -> assertThat(uri).startsWith("http://169.254.170.2/v3/"))
                .hasEntrySatisfying(
                        "ECS_CONTAINER_METADATA_URI_V4", uri -> assertThat(uri).startsWith("http://169.254.170.2/v4/"))
                .hasEntrySatisfying("ECS_AGENT_URI", uri -> assertThat(uri).startsWith("http://169.254.170.2/api/"))
                .hasEntrySatisfying(
                        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
                        uri -> assertThat(uri).startsWith("/v2/credentials/"));
    }

    @Test
    void onFargateItIsToldSo() {
        var task = story.run(
                story.defineFargate("web", Story.container("app")),
                r -> r.launchType(LaunchType.FARGATE).networkConfiguration(story.network()));
        story.letPass(Story.SOON);

        assertThat(story.aws().engine().spec(story.id(task, "app")).environment())
                .containsEntry("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE");
    }

    @Test
    void whereTheUsualPortIsNotToBeHadCredentialsHaveAWholeAddress() {
        story.aws().taskAddresses(new Addresses("http://169.254.170.2:4566", null));

        assertThat(environment())
                .doesNotContainKeys("AWS_ENDPOINT_URL", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
                .hasEntrySatisfying(
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                        uri -> assertThat(uri).startsWith("http://169.254.170.2:4566/v2/credentials/"))
                .hasEntrySatisfying(
                        "ECS_CONTAINER_METADATA_URI_V4",
                        uri -> assertThat(uri).startsWith("http://169.254.170.2:4566/v4/"));
    }

    @Test
    void whereNothingIsReachedNothingIsTold() {
        story.aws().taskAddresses(Addresses.NONE);

        assertThat(environment().keySet())
                .containsExactlyInAnyOrder("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV");
    }

    @Test
    void theDefinitionMayNameAnotherEndpointButNoOtherAgent() {
        var environment = environment(Map.of(
                "AWS_ENDPOINT_URL", "http://elsewhere",
                "AWS_REGION", "eu-west-1",
                "ECS_CONTAINER_METADATA_URI_V4", "http://elsewhere"));

        assertThat(environment)
                .containsEntry("AWS_ENDPOINT_URL", "http://elsewhere")
                .containsEntry("AWS_REGION", "eu-west-1")
                .hasEntrySatisfying(
                        "ECS_CONTAINER_METADATA_URI_V4", uri -> assertThat(uri).startsWith("http://169.254.170.2/v4/"));
    }

    private Map<String, String> environment() {
        return environment(Map.of());
    }

    private Map<String, String> environment(Map<String, String> defined) {
        var pairs = defined.entrySet().stream()
                .map(e -> KeyValuePair.builder()
                        .name(e.getKey())
                        .value(e.getValue())
                        .build())
                .toList();
        var task = story.started(
                story.define("web", r -> r.taskRoleArn(ROLE), Story.container("app", c -> c.environment(pairs))));
        return story.aws().engine().spec(story.id(task, "app")).environment();
    }
}

package dev.hakoniwa.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.WireTest;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.InvalidTagParameterException;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TooManyTagsException;

@WireTest
final class RepositoryTagsTest {
    @TempDir
    private Path folder;

    private TestEcr aws;
    private EcrClient ecr;

    @BeforeEach
    void start() {
        aws = new TestEcr(folder);
        ecr = aws.client();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void tagsAreAddedReplacedAndTakenOff() {
        createAll("app");
        ecr.tagResource(r -> r.resourceArn(arn("app")).tags(tag("team", "shop"), tag("stage", "test")));

        ecr.tagResource(r -> r.resourceArn(arn("app")).tags(tag("stage", "live"), tag("empty", "")));
        ecr.untagResource(r -> r.resourceArn(arn("app")).tagKeys("team", "unknown"));

        assertThat(tagsOf(only())).isEqualTo(Map.of("stage", "live", "empty", ""));
    }

    @Test
    void tagsAreChecked() {
        createAll("app");
        var many = IntStream.range(0, 51).mapToObj(i -> tag("key" + i, "")).toList();

        assertThatThrownBy(() -> ecr.tagResource(r -> r.resourceArn(arn("app")).tags(many)))
                .isInstanceOf(TooManyTagsException.class);
        assertThatThrownBy(() -> ecr.tagResource(r -> r.resourceArn(arn("app")).tags(tag("aws:x", ""))))
                .isInstanceOf(InvalidTagParameterException.class);
        assertThatThrownBy(() -> ecr.tagResource(r -> r.resourceArn(arn("app")).tags(tag("k".repeat(129), ""))))
                .isInstanceOf(InvalidTagParameterException.class);
        assertThatThrownBy(() -> ecr.tagResource(r -> r.resourceArn(arn("app")).tags(tag("a", "1"), tag("a", "2"))))
                .isInstanceOf(InvalidTagParameterException.class);
        assertThat(tagsOf(only())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "arn:aws:ecs:us-east-1:000000000000:cluster/app",
                "arn:aws:ecr:eu-west-1:000000000000:repository/app",
                "arn:aws:ecr:us-east-1:000000000000:image/app"
            })
    void tagsNeedARepositorysArn(String arn) {
        createAll("app");

        assertThatThrownBy(() -> ecr.listTagsForResource(r -> r.resourceArn(aws.in(arn))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'");
    }

    @Test
    void tagsOfWhatIsNotThereAreNotFound() {
        assertThatThrownBy(() -> ecr.listTagsForResource(r -> r.resourceArn(arn("app"))))
                .isInstanceOf(RepositoryNotFoundException.class);
    }

    private void createAll(String... names) {
        for (var name : names) {
            ecr.createRepository(r -> r.repositoryName(name));
        }
    }

    private Repository only() {
        return ecr.describeRepositories().repositories().getFirst();
    }

    private Map<String, String> tagsOf(Repository repository) {
        return ecr.listTagsForResource(r -> r.resourceArn(repository.repositoryArn())).tags().stream()
                .collect(Collectors.toMap(Tag::key, Tag::value));
    }

    private String arn(String name) {
        return aws.in("arn:aws:ecr:us-east-1:000000000000:repository/" + name);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}

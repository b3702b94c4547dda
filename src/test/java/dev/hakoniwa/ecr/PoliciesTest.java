package dev.hakoniwa.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageActionType;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageStatus;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewInProgressException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewNotFoundException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewResult;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewStatus;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryPolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.TagStatus;

@WireTest
final class PoliciesTest {
    static final String POLICY = """
            {"Version":"2012-10-17","Statement":[{"Sid":"pull","Effect":"Allow",
             "Principal":{"AWS":["111111111111","arn:aws:iam::222222222222:root"]},
             "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}]}""";

    static final String LIFECYCLE = """
            {"rules": [{"rulePriority": 1, "description": "keep the newest of the production images",
              "selection": {"tagStatus": "tagged", "tagPrefixList": ["prod"], "countType": "imageCountMoreThan",
              "countNumber": 1}, "action": {"type": "expire"}}]}""";

    private static final String ARCHIVE = """
            {"rules": [{"rulePriority": 1, "description": "archive what nobody pulls any more",
              "selection": {"tagStatus": "any", "countType": "sinceImagePulled", "countUnit": "days", "countNumber": 7},
              "action": {"type": "transition", "targetStorageClass": "archive"}}]}""";

    @TempDir
    private Path folder;

    private TestEcr aws;
    private EcrClient ecr;

    @BeforeEach
    void start() {
        aws = new TestEcr(folder);
        ecr = aws.client();
        ecr.createRepository(r -> r.repositoryName("app"));
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void aRepositoryPolicyIsGivenBackNormalised() {
        var set = ecr.setRepositoryPolicy(r -> r.repositoryName("app").policyText(POLICY));

        assertThat(set.policyText()).isEqualTo("""
                {
                  "Version" : "2012-10-17",
                  "Statement" : [ {
                    "Sid" : "pull",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : [ "111111111111", "arn:aws:iam::222222222222:root" ]
                    },
                    "Action" : [ "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer" ]
                  } ]
                }""");
        assertThat(set.registryId()).isEqualTo(aws.in(TestEcr.ACCOUNT));
        assertThat(ecr.getRepositoryPolicy(r -> r.repositoryName("app")).policyText())
                .isEqualTo(set.policyText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"Statement\": []}",
                "{\"Version\": \"2020-01-01\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\"}]}",
                "{\"Statement\": [{\"Effect\": \"Maybe\", \"Principal\": \"*\", \"Action\": \"*\"}]}",
                "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\"}]}",
                "{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"me\", \"Action\": \"*\"}]}",
                "{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:GetObject\"}]}",
                "{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"NotAction\": \"*\"}]}",
                "{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}]}"
            })
    void aPolicyThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() ->
                        ecr.setRepositoryPolicy(r -> r.repositoryName("app").policyText(text)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(
                        "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'");
        assertThatThrownBy(() -> ecr.getRepositoryPolicy(r -> r.repositoryName("app")))
                .isInstanceOf(RepositoryPolicyNotFoundException.class);
    }

    @Test
    void aRepositoryPolicyGoes() {
        var set = ecr.setRepositoryPolicy(r -> r.repositoryName("app").policyText(POLICY));

        var deleted = ecr.deleteRepositoryPolicy(r -> r.repositoryName("app"));

        assertThat(deleted.policyText()).isEqualTo(set.policyText());
        assertThatThrownBy(() -> ecr.deleteRepositoryPolicy(r -> r.repositoryName("app")))
                .isInstanceOf(RepositoryPolicyNotFoundException.class)
                .hasMessageContaining(
                        aws.in(
                                "Repository policy does not exist for the repository with name 'app' in the registry with id '000000000000'"));
    }

    @Test
    void policiesNeedTheirRepository() {
        assertThatThrownBy(() ->
                        ecr.setRepositoryPolicy(r -> r.repositoryName("nope").policyText(POLICY)))
                .isInstanceOf(RepositoryNotFoundException.class);
        assertThatThrownBy(() ->
                        ecr.putLifecyclePolicy(r -> r.repositoryName("nope").lifecyclePolicyText(LIFECYCLE)))
                .isInstanceOf(RepositoryNotFoundException.class);
    }

    @Test
    void aLifecyclePolicyIsKeptAsItIs() {
        var put = ecr.putLifecyclePolicy(r -> r.repositoryName("app").lifecyclePolicyText(LIFECYCLE));

        assertThat(put.lifecyclePolicyText()).isEqualTo(LIFECYCLE);
        assertThat(ecr.getLifecyclePolicy(r -> r.repositoryName("app")).lifecyclePolicyText())
                .isEqualTo(LIFECYCLE);
        assertThat(ecr.deleteLifecyclePolicy(r -> r.repositoryName("app")).lifecyclePolicyText())
                .isEqualTo(LIFECYCLE);
        assertThatThrownBy(() -> ecr.getLifecyclePolicy(r -> r.repositoryName("app")))
                .isInstanceOf(LifecyclePolicyNotFoundException.class)
                .hasMessageContaining(
                        aws.in(
                                "Lifecycle policy does not exist for the repository with name 'app' in the registry with id '000000000000'"));
    }

    @Test
    void aLifecyclePolicyIsChecked() {
        assertThatThrownBy(() ->
                        ecr.putLifecyclePolicy(r -> r.repositoryName("app").lifecyclePolicyText("{}")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("'LifecyclePolicyText' failed to satisfy constraint: 'must have length greater");
        assertThatThrownBy(() -> ecr.putLifecyclePolicy(r -> r.repositoryName("app")
                        .lifecyclePolicyText(LIFECYCLE.replace("\"countNumber\": 1", "\"countNumber\": 0"))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(
                        "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: numeric instance is lower than the required minimum (minimum: 1, found: 0)'");
    }

    @Test
    @InJvm("days that begin with the test")
    void aLifecyclePolicyActsOnceADay() {
        push("prod-1");
        push("prod-2");
        push("dev-1");
        ecr.putLifecyclePolicy(r -> r.repositoryName("app").lifecyclePolicyText(LIFECYCLE));

        aws.time().advance(Duration.ofDays(1));

        assertThat(tags()).containsExactly("prod-2", "dev-1");
        assertThat(ecr.getLifecyclePolicy(r -> r.repositoryName("app")).lastEvaluatedAt())
                .isEqualTo(aws.time().start().plus(Duration.ofDays(1)));
    }

    @Test
    void anArchivedImageComesBackWhenItIsAskedFor() {
        push("old");
        ecr.putLifecyclePolicy(r -> r.repositoryName("app").lifecyclePolicyText(ARCHIVE));
        aws.time().advance(Duration.ofDays(9));
        var archived = described(ImageStatus.ARCHIVED);

        ecr.updateImageStorageClass(
                r -> r.repositoryName("app").imageId(i -> i.imageTag("old")).targetStorageClass("STANDARD"));
        var activating = described(ImageStatus.ACTIVATING);
        aws.time().advance(Duration.ofMinutes(20));

        assertThat(archived).hasSize(1);
        assertThat(activating).hasSize(1);
        assertThat(described(ImageStatus.ACTIVE)).hasSize(1);
    }

    @Test
    void anArchivedImageCannotBePulled() {
        push("old");

        ecr.updateImageStorageClass(
                r -> r.repositoryName("app").imageId(i -> i.imageTag("old")).targetStorageClass("ARCHIVE"));

        var got = ecr.batchGetImage(r -> r.repositoryName("app").imageIds(tagged("old")));
        assertThat(got.images()).isEmpty();
        assertThat(got.failures().getFirst().failureCodeAsString()).isEqualTo("ImageInaccessible");
        assertThat(tags()).isEmpty();
    }

    @Test
    void aPreviewTakesAMomentAndChangesNothing() {
        push("prod-1");
        push("prod-2");
        var started =
                ecr.startLifecyclePolicyPreview(r -> r.repositoryName("app").lifecyclePolicyText(LIFECYCLE));

        aws.time().advance(Duration.ofSeconds(5));

        var preview = ecr.getLifecyclePolicyPreview(r -> r.repositoryName("app"));
        assertThat(started.status()).isEqualTo(LifecyclePolicyPreviewStatus.IN_PROGRESS);
        assertThat(preview.status()).isEqualTo(LifecyclePolicyPreviewStatus.COMPLETE);
        assertThat(preview.summary().expiringImageTotalCount()).isEqualTo(1);
        assertThat(preview.summary().hasTransitioningImageTotalCounts()).isFalse();
        var result = preview.previewResults().getFirst();
        assertThat(result.imageTags()).containsExactly("prod-1");
        assertThat(result.action().type()).isEqualTo(ImageActionType.EXPIRE);
        assertThat(result.appliedRulePriority()).isEqualTo(1);
        assertThat(tags()).hasSize(2);
    }

    @Test
    void aPreviewOfTheRepositorysOwnPolicyNeedsOne() {
        assertThatThrownBy(() -> ecr.startLifecyclePolicyPreview(r -> r.repositoryName("app")))
                .isInstanceOf(LifecyclePolicyNotFoundException.class);
        assertThatThrownBy(() -> ecr.getLifecyclePolicyPreview(r -> r.repositoryName("app")))
                .isInstanceOf(LifecyclePolicyPreviewNotFoundException.class);
    }

    @Test
    void onePreviewRunsAtATime() {
        ecr.putLifecyclePolicy(r -> r.repositoryName("app").lifecyclePolicyText(ARCHIVE));
        ecr.startLifecyclePolicyPreview(r -> r.repositoryName("app"));

        assertThatThrownBy(() -> ecr.startLifecyclePolicyPreview(r -> r.repositoryName("app")))
                .isInstanceOf(LifecyclePolicyPreviewInProgressException.class);
    }

    @Test
    @InJvm("days that begin with the test")
    void aPreviewComesInPagesAndByFilter() {
        push("a1");
        push("b2");
        push("c3");
        ecr.putLifecyclePolicy(r -> r.repositoryName("app").lifecyclePolicyText(ARCHIVE));
        aws.time().advance(Duration.ofDays(8).minusSeconds(60));
        ecr.startLifecyclePolicyPreview(r -> r.repositoryName("app"));
        aws.time().advance(Duration.ofSeconds(5));

        var pages = ecr
                .getLifecyclePolicyPreviewPaginator(r -> r.repositoryName("app").maxResults(2))
                .stream()
                .map(page -> page.previewResults().stream()
                        .map(LifecyclePolicyPreviewResult::imageTags)
                        .toList());

        assertThat(pages).containsExactly(List.of(List.of("c3"), List.of("b2")), List.of(List.of("a1")));
        assertThat(ecr.getLifecyclePolicyPreview(r -> r.repositoryName("app").imageIds(tagged("b2")))
                        .previewResults())
                .hasSize(1);
        var untagged = ecr.getLifecyclePolicyPreview(
                r -> r.repositoryName("app").filter(f -> f.tagStatus(TagStatus.UNTAGGED)));
        assertThat(untagged.previewResults()).isEmpty();
        assertThat(untagged.summary().transitioningImageTotalCounts().getFirst().imageTotalCount())
                .isEqualTo(3);
    }

    private void push(String tag) {
        TestImage.of(tag).push(ecr, "app", tag);
    }

    private List<String> tags() {
        return ecr.listImages(r -> r.repositoryName("app")).imageIds().stream()
                .map(ImageIdentifier::imageTag)
                .toList();
    }

    private List<?> described(ImageStatus status) {
        return ecr.describeImages(r -> r.repositoryName("app").filter(f -> f.imageStatus(status.toString())))
                .imageDetails();
    }

    private static ImageIdentifier tagged(String tag) {
        return ImageIdentifier.builder().imageTag(tag).build();
    }
}

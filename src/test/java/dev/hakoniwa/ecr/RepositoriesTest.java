package dev.hakoniwa.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.WireTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotEmptyException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;

@WireTest
final class RepositoriesTest {
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
    void aNewRepositoryHasTheDefaultsOfEcr() {
        var created = ecr.createRepository(r -> r.repositoryName("shop/app")).repository();

        assertThat(created.repositoryArn()).isEqualTo(aws.in("arn:aws:ecr:us-east-1:000000000000:repository/shop/app"));
        assertThat(created.registryId()).isEqualTo(aws.in("000000000000"));
        assertThat(created.repositoryUri()).isEqualTo(aws.in("localhost:4566/000000000000.dkr.ecr.us-east-1/shop/app"));
        assertThat(created.createdAt()).isEqualTo(aws.time().start());
        assertThat(created.imageTagMutability()).isEqualTo(ImageTagMutability.MUTABLE);
        assertThat(created.hasImageTagMutabilityExclusionFilters()).isFalse();
        assertThat(created.imageScanningConfiguration().scanOnPush()).isFalse();
        assertThat(created.encryptionConfiguration().encryptionType()).isEqualTo(EncryptionType.AES256);
        assertThat(ecr.describeRepositories().repositories()).containsExactly(created);
    }

    @Test
    void aRepositoryKeepsWhatItIsCreatedWith() {
        var created = ecr.createRepository(r -> r.repositoryName("app")
                        .imageTagMutability(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)
                        .imageTagMutabilityExclusionFilters(wildcard("dev-*"))
                        .imageScanningConfiguration(s -> s.scanOnPush(true))
                        .encryptionConfiguration(e -> e.encryptionType("KMS").kmsKey("alias/mine"))
                        .tags(tag("team", "shop")))
                .repository();

        assertThat(created.imageTagMutability()).isEqualTo(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION);
        assertThat(created.imageTagMutabilityExclusionFilters()).containsExactly(wildcard("dev-*"));
        assertThat(created.imageScanningConfiguration().scanOnPush()).isTrue();
        assertThat(created.encryptionConfiguration().kmsKey())
                .isEqualTo(aws.in("arn:aws:kms:us-east-1:000000000000:alias/mine"));
        assertThat(tagsOf(created)).isEqualTo(Map.of("team", "shop"));
    }

    @Test
    void ecrsOwnKeyIsTheSameForAllRepositoriesOfARegion() {
        var one = ecr.createRepository(
                r -> r.repositoryName("one").encryptionConfiguration(e -> e.encryptionType("KMS")));
        var two = ecr.createRepository(
                r -> r.repositoryName("two").encryptionConfiguration(e -> e.encryptionType("KMS")));

        assertThat(one.repository().encryptionConfiguration().kmsKey())
                .matches(aws.in("arn:aws:kms:us-east-1:000000000000:key/[0-9a-f-]{36}"))
                .isEqualTo(two.repository().encryptionConfiguration().kmsKey());
    }

    @Test
    void aNameIsTakenOnce() {
        ecr.createRepository(r -> r.repositoryName("app"));

        assertThatThrownBy(() -> ecr.createRepository(r -> r.repositoryName("app")))
                .isInstanceOf(RepositoryAlreadyExistsException.class)
                .hasMessageContaining(
                        aws.in("The repository with name 'app' already exists in the registry with id '000000000000'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "-app", "app-", "a//b", "/app", "app/", "a..b", "a.-b", "shöp", "a b", "app:1"})
    void aNameMustHaveEcrsForm(String name) {
        assertThatThrownBy(() -> ecr.createRepository(r -> r.repositoryName(name)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(
                        "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*''");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a/b", "shop-1/a.b_c", "a__b", "a---b", "0/1/2/3"})
    void namesMayHaveSlashesAndSeparators(String name) {
        var created = ecr.createRepository(r -> r.repositoryName(name)).repository();

        assertThat(created.repositoryName()).isEqualTo(name);
    }

    @Test
    void aNameHasTwoTo256Characters() {
        assertThatThrownBy(() -> ecr.createRepository(r -> r.repositoryName("a")))
                .hasMessageContaining("'repositoryName' failed to satisfy constraint: 'must have length greater");
        assertThatThrownBy(() -> ecr.createRepository(r -> r.repositoryName("a".repeat(257))))
                .hasMessageContaining("must have length less than or equal to 256");
    }

    @Test
    void whatIsNotKnownIsRefused() {
        assertThatThrownBy(
                        () -> ecr.createRepository(r -> r.repositoryName("app").imageTagMutability("SOMETIMES")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(
                        "'imageTagMutability' failed to satisfy constraint: 'Member must satisfy enum value set: [MUTABLE, IMMUTABLE, IMMUTABLE_WITH_EXCLUSION, MUTABLE_WITH_EXCLUSION]'");
        assertThatThrownBy(() -> ecr.createRepository(
                        r -> r.repositoryName("app").encryptionConfiguration(e -> e.encryptionType("ROT13"))))
                .hasMessageContaining("'encryptionConfiguration.encryptionType'");
        assertThatThrownBy(() -> ecr.createRepository(r -> r.repositoryName("app")
                        .encryptionConfiguration(e -> e.encryptionType("AES256").kmsKey("alias/mine"))))
                .hasMessageContaining("'encryptionConfiguration.kmsKey'");
        assertThatThrownBy(
                        () -> ecr.createRepository(r -> r.repositoryName("app").registryId("12")))
                .hasMessageContaining("'registryId'");
        assertThat(ecr.describeRepositories().repositories()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "IMMUTABLE_WITH_EXCLUSION, a*b*c*, 'at most 2 wildcards'",
        "IMMUTABLE_WITH_EXCLUSION, a/b, 'must satisfy regular expression'",
        "IMMUTABLE, dev-*, 'can only be specified when'",
        "MUTABLE, dev-*, 'can only be specified when'"
    })
    void exclusionFiltersAreChecked(ImageTagMutability mutability, String filter, String reason) {
        assertThatThrownBy(() -> ecr.createRepository(r -> r.repositoryName("app")
                        .imageTagMutability(mutability)
                        .imageTagMutabilityExclusionFilters(wildcard(filter))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void repositoriesAreShownByName() {
        createAll("ccc", "aaa", "bbb");

        var described = ecr.describeRepositories(r -> r.repositoryNames("ccc", "aaa", "ccc"));

        assertThat(described.repositories())
                .extracting(Repository::repositoryName)
                .containsExactly("ccc", "aaa");
        assertThat(described.nextToken()).isNull();
    }

    @Test
    void oneMissingNameFailsTheWholeCall() {
        createAll("aaa");

        assertThatThrownBy(() -> ecr.describeRepositories(r -> r.repositoryNames("aaa", "nope")))
                .isInstanceOf(RepositoryNotFoundException.class)
                .hasMessageContaining(aws.in(
                        "The repository with name 'nope' does not exist in the registry with id '000000000000'"));
    }

    @Test
    void listingsComeInPagesInTheOrderOfNames() {
        createAll("e5", "d4", "c3", "b2", "a1");

        var pages = ecr.describeRepositoriesPaginator(r -> r.maxResults(2)).stream()
                .map(page -> page.repositories().stream()
                        .map(Repository::repositoryName)
                        .toList());

        assertThat(pages).containsExactly(List.of("a1", "b2"), List.of("c3", "d4"), List.of("e5"));
    }

    @Test
    void pagesAreChecked() {
        createAll("a1", "b2");

        assertThatThrownBy(() -> ecr.describeRepositories(r -> r.maxResults(1001)))
                .hasMessageContaining("'maxResults' failed to satisfy constraint");
        assertThatThrownBy(() -> ecr.describeRepositories(r -> r.maxResults(0)))
                .hasMessageContaining("'maxResults' failed to satisfy constraint");
        assertThatThrownBy(() -> ecr.describeRepositories(r -> r.nextToken("garbage")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("'nextToken'");
        assertThatThrownBy(() ->
                        ecr.describeRepositories(r -> r.repositoryNames("a1").maxResults(10)))
                .hasMessageContaining("'maxResults'");
    }

    @Test
    void registriesDoNotSeeOneAnother() {
        createAll("app");
        aws.client("111111111111", "us-east-1").createRepository(r -> r.repositoryName("other"));
        aws.client("000000000000", "eu-west-1").createRepository(r -> r.repositoryName("another"));

        assertThat(ecr.describeRepositories().repositories())
                .extracting(Repository::repositoryName)
                .containsExactly("app");
        assertThat(ecr.describeRepositories(r -> r.registryId(aws.in("111111111111")))
                        .repositories())
                .extracting(Repository::repositoryUri)
                .containsExactly(aws.in("localhost:4566/111111111111.dkr.ecr.us-east-1/other"));
    }

    @Test
    void anEmptyRepositoryGoes() {
        createAll("app");

        var deleted = ecr.deleteRepository(r -> r.repositoryName("app")).repository();

        assertThat(deleted.repositoryName()).isEqualTo("app");
        assertThat(ecr.describeRepositories().repositories()).isEmpty();
        assertThatThrownBy(() -> ecr.deleteRepository(r -> r.repositoryName("app")))
                .isInstanceOf(RepositoryNotFoundException.class);
    }

    @Test
    void aRepositoryWithImagesOnlyGoesByForce() {
        createAll("app");
        TestImage.of("one").push(ecr, "app", "1");

        assertThatThrownBy(() -> ecr.deleteRepository(r -> r.repositoryName("app")))
                .isInstanceOf(RepositoryNotEmptyException.class)
                .hasMessageContaining(
                        aws.in(
                                "The repository with name 'app' in registry with id '000000000000' cannot be deleted because it still contains images"));
        ecr.deleteRepository(r -> r.repositoryName("app").force(true));
        assertThat(ecr.describeRepositories().repositories()).isEmpty();
    }

    @Test
    void nothingOfADeletedRepositoryIsInOneOfTheSameName() {
        createAll("app");
        TestImage.of("one").push(ecr, "app", "1");
        ecr.tagResource(r -> r.resourceArn(arn("app")).tags(tag("team", "shop")));
        ecr.setRepositoryPolicy(r -> r.repositoryName("app").policyText(PoliciesTest.POLICY));
        ecr.putLifecyclePolicy(r -> r.repositoryName("app").lifecyclePolicyText(PoliciesTest.LIFECYCLE));
        ecr.startLifecyclePolicyPreview(r -> r.repositoryName("app"));
        ecr.deleteRepository(r -> r.repositoryName("app").force(true));

        createAll("app");

        assertThat(ecr.listImages(r -> r.repositoryName("app")).imageIds()).isEmpty();
        assertThat(ecr.listTagsForResource(r -> r.resourceArn(arn("app"))).tags())
                .isEmpty();
        assertThatThrownBy(() -> ecr.getRepositoryPolicy(r -> r.repositoryName("app")))
                .isInstanceOf(EcrException.class);
        assertThatThrownBy(() -> ecr.getLifecyclePolicy(r -> r.repositoryName("app")))
                .isInstanceOf(EcrException.class);
        assertThatThrownBy(() -> ecr.getLifecyclePolicyPreview(r -> r.repositoryName("app")))
                .isInstanceOf(EcrException.class);
        assertThat(ecr.batchCheckLayerAvailability(r -> r.repositoryName("app")
                                .layerDigests(TestImage.digest("layer of one").toString()))
                        .layers())
                .extracting(layer -> layer.layerAvailabilityAsString())
                .containsExactly("UNAVAILABLE");
    }

    @Test
    void tagMutabilityCanBeSet() {
        createAll("app");

        var set = ecr.putImageTagMutability(r -> r.repositoryName("app")
                .imageTagMutability(ImageTagMutability.MUTABLE_WITH_EXCLUSION)
                .imageTagMutabilityExclusionFilters(wildcard("release-*")));

        assertThat(set.imageTagMutabilityExclusionFilters()).containsExactly(wildcard("release-*"));
        assertThat(only().imageTagMutability()).isEqualTo(ImageTagMutability.MUTABLE_WITH_EXCLUSION);
        assertThat(only().imageTagMutabilityExclusionFilters()).containsExactly(wildcard("release-*"));
    }

    @Test
    void filtersGoWithTheSettingTheyBelongTo() {
        ecr.createRepository(r -> r.repositoryName("app")
                .imageTagMutability(ImageTagMutability.MUTABLE_WITH_EXCLUSION)
                .imageTagMutabilityExclusionFilters(wildcard("release-*")));

        ecr.putImageTagMutability(r -> r.repositoryName("app").imageTagMutability(ImageTagMutability.IMMUTABLE));

        assertThat(only().hasImageTagMutabilityExclusionFilters()).isFalse();
        assertThatThrownBy(() -> ecr.putImageTagMutability(
                        r -> r.repositoryName("app").imageTagMutability(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)))
                .hasMessageContaining("must be specified when imageTagMutability is IMMUTABLE_WITH_EXCLUSION");
    }

    @Test
    void scanningIsKept() {
        createAll("app");

        var set = ecr.putImageScanningConfiguration(
                r -> r.repositoryName("app").imageScanningConfiguration(s -> s.scanOnPush(true)));

        assertThat(set.imageScanningConfiguration().scanOnPush()).isTrue();
        assertThat(only().imageScanningConfiguration().scanOnPush()).isTrue();
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
        return aws.in("arn:aws:ecr:us-east-1:000000000000:repository/") + name;
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static ImageTagMutabilityExclusionFilter wildcard(String filter) {
        return ImageTagMutabilityExclusionFilter.builder()
                .filterType("WILDCARD")
                .filter(filter)
                .build();
    }
}

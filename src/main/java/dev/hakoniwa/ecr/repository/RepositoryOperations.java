package dev.hakoniwa.ecr.repository;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Page;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecr.Constraints;
import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.RegistryAddress;
import dev.hakoniwa.ecr.RepositoryKey;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityResponse;
import software.amazon.awssdk.services.ecr.model.Repository;

/// Creates, shows, sets and deletes repositories.
public final class RepositoryOperations {
    private final Repositories repositories;
    private final Contents contents;
    private final RepositoryTags tags;
    private final RegistryAddress address;
    private final InstantSource clock;

    public RepositoryOperations(
            Repositories repositories,
            Contents contents,
            RepositoryTags tags,
            RegistryAddress address,
            InstantSource clock) {
        this.repositories = repositories;
        this.contents = contents;
        this.tags = tags;
        this.address = address;
        this.clock = clock;
    }

    public CreateRepositoryResponse create(Call call, CreateRepositoryRequest request) {
        var key = Constraints.repository(call, request.registryId(), request.repositoryName());
        var filters = filters(request.imageTagMutabilityExclusionFilters());
        TagMutability.check(request.imageTagMutability(), filters);
        var encryption = encryption(key, request.encryptionConfiguration());
        if (repositories.find(key).isPresent()) {
            throw Errors.repositoryAlreadyExists(key);
        }
        if (request.hasTags()) {
            tags.add(key, request.tags());
        }

        var repository = Repository.builder()
                .repositoryArn(key.arn().toString())
                .registryId(key.registryId())
                .repositoryName(key.name())
                .repositoryUri(address.uri(key))
                .createdAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .imageTagMutability(
                        Objects.requireNonNullElse(request.imageTagMutability(), ImageTagMutability.MUTABLE))
                .imageTagMutabilityExclusionFilters(filters)
                .imageScanningConfiguration(scanning(request.imageScanningConfiguration()))
                .encryptionConfiguration(encryption)
                .build();
        return CreateRepositoryResponse.builder()
                .repository(repositories.put(key, repository))
                .build();
    }

    public DescribeRepositoriesResponse describe(Call call, DescribeRepositoriesRequest request) {
        var registry = Constraints.registry(call, request.registryId());
        if (request.hasRepositoryNames()) {
            return named(registry, request);
        }
        var page = Page.of(
                "repositories of " + registry,
                repositories.all(registry),
                Repository::repositoryName,
                Constraints.page(request.nextToken(), request.maxResults()),
                Errors::invalidToken);
        return DescribeRepositoriesResponse.builder()
                .repositories(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private DescribeRepositoriesResponse named(Scope registry, DescribeRepositoriesRequest request) {
        Constraints.size(request.repositoryNames(), "repositoryNames", 1, 100);
        Constraints.noPage(request.nextToken(), request.maxResults(), "repositoryNames");
        var found = request.repositoryNames().stream()
                .distinct()
                .map(name -> repositories.get(new RepositoryKey(registry, Constraints.repositoryName(name))))
                .toList();
        return DescribeRepositoriesResponse.builder().repositories(found).build();
    }

    public DeleteRepositoryResponse delete(Call call, DeleteRepositoryRequest request) {
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        if (!contents.isEmpty(key) && !Boolean.TRUE.equals(request.force())) {
            throw Errors.repositoryNotEmpty(key);
        }

        var repository = repositories.get(key);
        contents.remove(key);
        tags.remove(key);
        repositories.remove(key);
        return DeleteRepositoryResponse.builder().repository(repository).build();
    }

    public PutImageTagMutabilityResponse putTagMutability(Call call, PutImageTagMutabilityRequest request) {
        var mutability = Constraints.present(request.imageTagMutability(), "imageTagMutability");
        var filters = filters(request.imageTagMutabilityExclusionFilters());
        TagMutability.check(mutability, filters);
        var key = repositories.named(call, request.registryId(), request.repositoryName());

        repositories.update(
                key,
                repository -> repository.copy(
                        r -> r.imageTagMutability(mutability).imageTagMutabilityExclusionFilters(filters)));
        return PutImageTagMutabilityResponse.builder()
                .registryId(key.registryId())
                .repositoryName(key.name())
                .imageTagMutability(mutability)
                .imageTagMutabilityExclusionFilters(filters)
                .build();
    }

    public PutImageScanningConfigurationResponse putScanning(Call call, PutImageScanningConfigurationRequest request) {
        var sent = Constraints.present(request.imageScanningConfiguration(), "imageScanningConfiguration");
        var key = repositories.named(call, request.registryId(), request.repositoryName());

        var scanning = scanning(sent);
        repositories.update(key, repository -> repository.copy(r -> r.imageScanningConfiguration(scanning)));
        return PutImageScanningConfigurationResponse.builder()
                .registryId(key.registryId())
                .repositoryName(key.name())
                .imageScanningConfiguration(scanning)
                .build();
    }

    private static @Nullable List<ImageTagMutabilityExclusionFilter> filters(
            List<ImageTagMutabilityExclusionFilter> sent) {
        return sent.isEmpty() ? null : sent;
    }

    private static ImageScanningConfiguration scanning(@Nullable ImageScanningConfiguration sent) {
        var scanOnPush = sent != null && Boolean.TRUE.equals(sent.scanOnPush());
        return ImageScanningConfiguration.builder().scanOnPush(scanOnPush).build();
    }

    private static EncryptionConfiguration encryption(RepositoryKey key, @Nullable EncryptionConfiguration sent) {
        if (sent == null) {
            return EncryptionConfiguration.builder()
                    .encryptionType(EncryptionType.AES256)
                    .build();
        }
        var type = Constraints.present(sent.encryptionType(), "encryptionConfiguration.encryptionType");
        Constraints.known(type, "encryptionConfiguration.encryptionType", EncryptionType.knownValues());
        if (sent.kmsKey() != null) {
            Constraints.text(sent.kmsKey(), "encryptionConfiguration.kmsKey", 1, 2048);
        }
        if (type == EncryptionType.AES256) {
            if (sent.kmsKey() != null) {
                throw Errors.invalidParameter(
                        "encryptionConfiguration.kmsKey", "can only be specified with encryption type KMS or KMS_DSSE");
            }
            return sent;
        }
        return sent.copy(e -> e.kmsKey(keyArn(key.scope(), sent.kmsKey())));
    }

    /// A key may be named by its ARN, id or alias; without a name it is the one that AWS keeps for ECR in every account
    /// and region.
    private static String keyArn(Scope scope, @Nullable String name) {
        if (name == null) {
            var id = UUID.nameUUIDFromBytes(scope.toString().getBytes(StandardCharsets.UTF_8));
            return scope.arn("kms", "key/" + id).toString();
        }
        if (name.startsWith("arn:")) {
            return name;
        }
        return scope.arn("kms", name.startsWith("alias/") ? name : "key/" + name)
                .toString();
    }
}

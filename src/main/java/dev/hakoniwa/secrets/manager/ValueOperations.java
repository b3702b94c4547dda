package dev.hakoniwa.secrets.manager;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Page;
import dev.hakoniwa.core.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;

/// The operations that put and get what is secret.
final class ValueOperations {
    private static final int MOST_IN_A_BATCH = 20;

    private final Secrets secrets;

    ValueOperations(Secrets secrets) {
        this.secrets = secrets;
    }

    /// What one read gives: the secret and the version that was meant.
    record Read(Secret secret, Version version) {}

    GetSecretValueResponse get(Call call, GetSecretValueRequest request) {
        var read = read(call.scope(), request.secretId(), request.versionId(), request.versionStage());
        var version = read.version();
        return GetSecretValueResponse.builder()
                .arn(read.secret().arn())
                .name(read.secret().name())
                .versionId(version.id())
                .secretString(version.content().text())
                .secretBinary(version.content().bytes())
                .versionStages(version.stages())
                .createdDate(version.createdAt())
                .build();
    }

    /// Reads a version, AWSCURRENT unless another is named, and notes the day.
    Read read(Scope scope, @Nullable String secretId, @Nullable String versionId, @Nullable String stage) {
        var secret = secrets.kept(scope, secretId);
        var version = version(secret, versionId, stage);
        var today = secrets.today();
        secrets.put(
                scope,
                secret.with(secret.about().accessed(today))
                        .with(secret.versions().changed(version.id(), v -> v.accessed(today))));
        return new Read(secret, version);
    }

    private static Version version(Secret secret, @Nullable String versionId, @Nullable String stage) {
        if (versionId == null) {
            var label = Objects.requireNonNullElse(stage, Version.CURRENT);
            return secret.versions().staged(label).orElseThrow(() -> Errors.stageNotFound(label));
        }
        var version = secret.versions().find(versionId).orElseThrow(() -> Errors.versionNotFound(versionId));
        if (stage != null && !version.has(stage)) {
            throw Errors.stageOfAnotherVersion();
        }
        return version;
    }

    /// The secrets are named or filtered. What is wrong with one keeps none of the others back.
    BatchGetSecretValueResponse batchGet(Call call, BatchGetSecretValueRequest request) {
        var byId = !request.secretIdList().isEmpty();
        if (byId == !request.filters().isEmpty()) {
            throw Errors.invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
        }
        if (byId && request.maxResults() != null) {
            throw Errors.invalidParameter("'Filters' not specified. 'MaxResults' only used with 'Filters'.");
        }
        new Constraints()
                .range("maxResults", request.maxResults(), 1, MOST_IN_A_BATCH)
                .range("secretIdList", request.secretIdList().size(), 0, MOST_IN_A_BATCH)
                .check(Errors::validation);
        var page = byId ? new Page<>(request.secretIdList(), null) : filtered(call, request);
        var values = new ArrayList<SecretValueEntry>();
        var errors = new ArrayList<APIErrorType>();
        for (var id : page.items()) {
            try {
                values.add(entry(read(call.scope(), id, null, null)));
            } catch (AwsError e) {
                errors.add(APIErrorType.builder()
                        .secretId(id)
                        .errorCode(e.code())
                        .message(e.message())
                        .build());
            }
        }
        return BatchGetSecretValueResponse.builder()
                .secretValues(values)
                .errors(errors)
                .nextToken(page.nextToken())
                .build();
    }

    private Page<String> filtered(Call call, BatchGetSecretValueRequest request) {
        var filter = SecretFilter.of(request.filters());
        var names = secrets.all(call.scope()).stream()
                .filter(secret -> !secret.isGoing() && filter.test(secret))
                .map(Secret::name)
                .toList();
        var wanted = new Page.Request(
                request.nextToken(), Objects.requireNonNullElse(request.maxResults(), MOST_IN_A_BATCH));
        return Page.of("BatchGetSecretValue", names, name -> name, wanted, Errors::invalidToken);
    }

    private static SecretValueEntry entry(Read read) {
        var version = read.version();
        return SecretValueEntry.builder()
                .arn(read.secret().arn())
                .name(read.secret().name())
                .versionId(version.id())
                .secretString(version.content().text())
                .secretBinary(version.content().bytes())
                .versionStages(version.stages())
                .createdDate(version.createdAt())
                .build();
    }

    PutSecretValueResponse put(Call call, PutSecretValueRequest request) {
        var secret = secrets.kept(call.scope(), request.secretId());
        var content = Content.required(request.secretString(), request.secretBinary());
        var versionId = secrets.newVersionId(request.clientRequestToken());
        var stages = request.hasVersionStages() ? Set.copyOf(request.versionStages()) : Set.of(Version.CURRENT);
        constrain(List.copyOf(stages));
        if (SecretOperations.isNew(secret, versionId, content)) {
            var now = secrets.now();
            var version = new Version(versionId, content, stages, now, null);
            secret = secrets.put(
                    call.scope(),
                    secret.with(secret.about().changed(now))
                            .with(secret.versions().plus(version)));
        }
        return PutSecretValueResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .versionId(versionId)
                .versionStages(secret.versions().find(versionId).orElseThrow().stages())
                .build();
    }

    private static void constrain(List<String> stages) {
        var constraints = new Constraints().range("versionStages", stages.size(), 1, MOST_IN_A_BATCH);
        stages.forEach(stage -> constraints.length("versionStages", stage, 1, 256));
        constraints.check(Errors::validation);
    }
}

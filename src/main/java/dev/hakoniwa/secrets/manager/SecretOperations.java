package dev.hakoniwa.secrets.manager;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.secrets.manager.Secret.About;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretResponse;

/// The operations that make, change, show and delete secrets.
final class SecretOperations {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]+");
    private static final int LONGEST_NAME = 512;
    private static final int LONGEST_DESCRIPTION = 2048;
    private static final int LONGEST_WINDOW = 30;
    private static final int SHORTEST_WINDOW = 7;

    private final Secrets secrets;

    SecretOperations(Secrets secrets) {
        this.secrets = secrets;
    }

    CreateSecretResponse create(Call call, CreateSecretRequest request) {
        var name = name(request.name());
        var content = Content.optional(request.secretString(), request.secretBinary());
        constrain(request.description(), request.kmsKeyId());
        if (!request.addReplicaRegions().isEmpty()) {
            throw Errors.noReplicas();
        }
        var tags = SecretTags.merged(Map.of(), request.tags());
        var versionId = secrets.newVersionId(request.clientRequestToken());
        var present = secrets.find(call.scope(), name);
        if (present.isPresent()) {
            return again(present.get(), versionId, content);
        }

        var now = secrets.now();
        var versions = content == null
                ? Versions.NONE
                : Versions.NONE.plus(new Version(versionId, content, Set.of(Version.CURRENT), now, null));
        var about = new About(request.description(), request.kmsKeyId(), request.type(), tags, null, now, null, null);
        var secret = secrets.put(call.scope(), new Secret(name, secrets.newArn(call, name), now, about, versions));
        return created(secret, content == null ? null : versionId);
    }

    /// A request that comes again makes no second secret.
    private static CreateSecretResponse again(Secret secret, String versionId, @Nullable Content content) {
        if (secret.isGoing()) {
            throw Errors.nameOfADeletedSecret();
        }
        if (!secret.versions()
                .find(versionId)
                .filter(version -> version.content().equals(content))
                .isPresent()) {
            throw Errors.secretExists(secret.name());
        }
        return created(secret, versionId);
    }

    private static CreateSecretResponse created(Secret secret, @Nullable String versionId) {
        return CreateSecretResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .versionId(versionId)
                .build();
    }

    /// A version is made only if a value is sent.
    UpdateSecretResponse update(Call call, UpdateSecretRequest request) {
        var secret = secrets.kept(call.scope(), request.secretId());
        var content = Content.optional(request.secretString(), request.secretBinary());
        constrain(request.description(), request.kmsKeyId());
        var versionId = secrets.newVersionId(request.clientRequestToken());
        var now = secrets.now();
        var updated = secret.with(secret.about()
                .described(request.description(), request.kmsKeyId(), request.type())
                .changed(now));
        if (content != null && isNew(secret, versionId, content)) {
            var version = new Version(versionId, content, Set.of(Version.CURRENT), now, null);
            updated = updated.with(secret.versions().plus(version));
        }
        secrets.put(call.scope(), updated);
        return UpdateSecretResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .versionId(content == null ? null : versionId)
                .build();
    }

    /// Whether the secret gets a version; the same one sent again is there already.
    static boolean isNew(Secret secret, String versionId, Content content) {
        var present = secret.versions().find(versionId);
        if (present.isPresent() && !present.get().content().equals(content)) {
            throw Errors.versionExists(versionId);
        }
        return present.isEmpty();
    }

    DescribeSecretResponse describe(Call call, DescribeSecretRequest request) {
        var secret = secrets.meant(call.scope(), request.secretId());
        var about = secret.about();
        var response = DescribeSecretResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .type(about.type())
                .description(about.description())
                .kmsKeyId(about.kmsKeyId())
                .createdDate(secret.createdAt())
                .lastChangedDate(about.changedAt())
                .lastAccessedDate(about.accessedAt())
                .deletedDate(about.deletion())
                .tags(secret.tagList());
        var stages = secret.versions().stages();
        return (stages.isEmpty() ? response : response.versionIdsToStages(stages)).build();
    }

    /// A secret that is deleted by force need not be there.
    DeleteSecretResponse delete(Call call, DeleteSecretRequest request) {
        var force = Boolean.TRUE.equals(request.forceDeleteWithoutRecovery());
        var days = request.recoveryWindowInDays();
        if (force && days != null) {
            throw Errors.forceOrWindow();
        }
        if (days != null && (days < SHORTEST_WINDOW || days > LONGEST_WINDOW)) {
            throw Errors.recoveryWindow();
        }
        if (force) {
            return deleteNow(call, Errors.present(request.secretId(), "secretId"));
        }
        var secret = secrets.kept(call.scope(), request.secretId());
        var window = Duration.ofDays(Objects.requireNonNullElse(days, (long) LONGEST_WINDOW));
        var deletion = secrets.now().plus(window);
        secrets.put(call.scope(), secret.with(secret.about().going(deletion)));
        return deleted(Optional.of(secret), request.secretId(), deletion);
    }

    private DeleteSecretResponse deleteNow(Call call, String secretId) {
        var secret = secrets.find(call.scope(), secretId);
        secret.ifPresent(present -> secrets.remove(call.scope(), present));
        return deleted(secret, secretId, secrets.now());
    }

    private static DeleteSecretResponse deleted(Optional<Secret> secret, String secretId, Instant when) {
        return DeleteSecretResponse.builder()
                .arn(secret.map(Secret::arn).orElse(secretId))
                .name(secret.map(Secret::name).orElse(secretId))
                .deletionDate(when)
                .build();
    }

    RestoreSecretResponse restore(Call call, RestoreSecretRequest request) {
        var secret = secrets.meant(call.scope(), request.secretId());
        secrets.put(call.scope(), secret.with(secret.about().going(null)));
        return RestoreSecretResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .build();
    }

    private static String name(@Nullable String sent) {
        var name = Errors.present(sent, "name");
        new Constraints().length("name", name, 1, LONGEST_NAME).check(Errors::validation);
        if (!NAME.matcher(name).matches()) {
            throw Errors.invalidName();
        }
        return name;
    }

    private static void constrain(@Nullable String description, @Nullable String kmsKeyId) {
        new Constraints()
                .length("description", description, 0, LONGEST_DESCRIPTION)
                .length("kmsKeyId", kmsKeyId, 0, LONGEST_DESCRIPTION)
                .check(Errors::validation);
    }
}

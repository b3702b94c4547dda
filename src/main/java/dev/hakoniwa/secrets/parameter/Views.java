package dev.hakoniwa.secrets.parameter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hakoniwa.secrets.parameter.Parameters.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterInlinePolicy;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

/// Parameters as callers see them.
final class Views {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Views() {}

    static Parameter parameter(Found found, boolean decrypted) {
        var version = found.version();
        return Parameter.builder()
                .name(found.parameter().name())
                .arn(found.parameter().arn())
                .type(version.about().type())
                .value(version.readable(decrypted))
                .version(version.number())
                .selector(found.selector().isEmpty() ? null : found.selector())
                .lastModifiedDate(version.modifiedAt())
                .dataType(version.about().dataType())
                .build();
    }

    static ParameterMetadata metadata(KeptParameter parameter) {
        var version = parameter.latest();
        var about = version.about();
        return ParameterMetadata.builder()
                .name(parameter.name())
                .arn(parameter.arn())
                .type(about.type())
                .keyId(about.keyId())
                .lastModifiedDate(version.modifiedAt())
                .lastModifiedUser(version.user())
                .description(about.description())
                .allowedPattern(about.allowedPattern())
                .version(version.number())
                .tier(about.tier())
                .policies(policies(about.policies()))
                .dataType(about.dataType())
                .build();
    }

    static ParameterHistory history(KeptParameter parameter, KeptVersion version, boolean decrypted) {
        var about = version.about();
        return ParameterHistory.builder()
                .name(parameter.name())
                .type(about.type())
                .keyId(about.keyId())
                .lastModifiedDate(version.modifiedAt())
                .lastModifiedUser(version.user())
                .description(about.description())
                .value(version.readable(decrypted))
                .allowedPattern(about.allowedPattern())
                .version(version.number())
                .labels(version.labels())
                .tier(about.tier())
                .policies(policies(about.policies()))
                .dataType(about.dataType())
                .build();
    }

    private static List<ParameterInlinePolicy> policies(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        try {
            return JSON.readTree(text)
                    .valueStream()
                    .map(policy -> ParameterInlinePolicy.builder()
                            .policyText(policy.toString())
                            .policyType(policy.path("Type").asText())
                            .policyStatus("Pending")
                            .build())
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

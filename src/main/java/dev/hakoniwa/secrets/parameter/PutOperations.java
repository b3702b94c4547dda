package dev.hakoniwa.secrets.parameter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.secrets.parameter.KeptVersion.About;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParametersRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersResponse;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/// The operations that put and delete parameters.
final class PutOperations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OWN_KEY = "alias/aws/ssm";
    private static final String TEXT = "text";
    private static final Set<String> DATA_TYPES = Set.of(TEXT, "aws:ec2:image", "aws:ssm:integration");
    private static final int LONGEST_STANDARD = 4096;
    private static final int LONGEST_ADVANCED = 8192;
    private static final int MOST_AT_ONCE = 10;

    private final Parameters parameters;
    private final InstantSource clock;

    PutOperations(Parameters parameters, InstantSource clock) {
        this.parameters = parameters;
        this.clock = clock;
    }

    PutParameterResponse put(Call call, PutParameterRequest request) {
        var name = Names.checked(request.name());
        var value = Errors.present(request.value(), "value");
        constrain(request, value);
        var overwrite = Boolean.TRUE.equals(request.overwrite());
        if (overwrite && !request.tags().isEmpty()) {
            throw Errors.tagsAndOverwrite();
        }
        var present = parameters.find(call.scope(), name);
        if (present.isPresent() && !overwrite) {
            throw Errors.exists();
        }
        var about = about(request, present.map(KeptParameter::latest), value);
        matching(about.allowedPattern(), value);

        var number = present.map(parameter -> parameter.latest().number()).orElse(0L) + 1;
        var version = new KeptVersion(number, value, about, Set.of(), clock.instant(), call.principal());
        var parameter = present.orElseGet(() -> new KeptParameter(
                name, Parameters.arn(call.scope(), name), List.of(), ParameterTags.merged(Map.of(), request.tags())));
        parameters.put(call.scope(), parameter.plus(version));
        return PutParameterResponse.builder().version(number).tier(about.tier()).build();
    }

    /// What isn't said of a new version is as with the one before.
    private static About about(PutParameterRequest request, Optional<KeptVersion> before, String value) {
        var earlier = before.map(KeptVersion::about);
        var type = request.type() == null ? earlier.map(About::type).orElseThrow(Errors::noType) : request.type();
        if (earlier.isPresent() && earlier.get().type() != type) {
            throw Errors.otherType();
        }
        var secure = type == ParameterType.SECURE_STRING;
        if (!secure && request.keyId() != null) {
            throw Errors.keyNeedsSecureString();
        }
        var keyId = request.keyId() == null ? earlier.map(About::keyId).orElse(OWN_KEY) : request.keyId();
        var tier = tier(request, earlier.map(About::tier), value);
        policiesFit(request.policies(), tier);
        return new About(
                type,
                secure ? keyId : null,
                request.description() == null ? earlier.map(About::description).orElse(null) : request.description(),
                request.allowedPattern() == null
                        ? earlier.map(About::allowedPattern).orElse(null)
                        : request.allowedPattern(),
                tier,
                request.policies() == null ? earlier.map(About::policies).orElse(null) : request.policies(),
                dataType(request.dataType(), earlier.map(About::dataType).orElse(TEXT)));
    }

    private static String dataType(@Nullable String sent, String otherwise) {
        var type = Objects.requireNonNullElse(sent, otherwise);
        if (!DATA_TYPES.contains(type)) {
            throw Errors.invalidDataType(type);
        }
        return type;
    }

    /// Intelligent tiering takes the standard tier for what fits in there; nothing goes back from the advanced one.
    private static ParameterTier tier(PutParameterRequest request, Optional<ParameterTier> before, String value) {
        var length = value.getBytes(StandardCharsets.UTF_8).length;
        var asked = Objects.requireNonNullElse(request.tier(), ParameterTier.STANDARD);
        var large = length > LONGEST_STANDARD || request.policies() != null;
        var intelligent = asked == ParameterTier.INTELLIGENT_TIERING && large;
        var advanced = asked == ParameterTier.ADVANCED
                || intelligent
                || before.filter(ParameterTier.ADVANCED::equals).isPresent();
        if (length > (advanced ? LONGEST_ADVANCED : LONGEST_STANDARD)) {
            throw advanced
                    ? Errors.tooLong("Advanced", LONGEST_ADVANCED)
                    : Errors.tooLong("Standard", LONGEST_STANDARD);
        }
        return advanced ? ParameterTier.ADVANCED : ParameterTier.STANDARD;
    }

    private static void policiesFit(@Nullable String policies, ParameterTier tier) {
        if (policies == null || policies.isEmpty()) {
            return;
        }
        if (tier != ParameterTier.ADVANCED) {
            throw Errors.policiesNeedAdvancedTier();
        }
        try {
            var document = JSON.readTree(policies);
            if (!document.isArray()
                    || !document.valueStream()
                            .allMatch(policy -> policy.path("Type").isTextual())) {
                throw Errors.invalidPolicies();
            }
        } catch (JsonProcessingException _) {
            throw Errors.invalidPolicies();
        }
    }

    private static void matching(@Nullable String pattern, String value) {
        if (pattern == null || pattern.isEmpty()) {
            return;
        }
        try {
            if (!Pattern.compile(pattern).matcher(value).find()) {
                throw Errors.patternMismatch(pattern);
            }
        } catch (PatternSyntaxException _) {
            throw Errors.invalidPattern(pattern);
        }
    }

    private static void constrain(PutParameterRequest request, String value) {
        new Constraints()
                .oneOf(
                        "type",
                        request.typeAsString(),
                        ParameterType.knownValues().stream()
                                .map(ParameterType::toString)
                                .sorted()
                                .toList())
                .oneOf(
                        "tier",
                        request.tierAsString(),
                        ParameterTier.knownValues().stream()
                                .map(ParameterTier::toString)
                                .sorted()
                                .toList())
                .length("value", value.isEmpty() ? value : "x", 1, 1)
                .length("description", request.description(), 0, 1024)
                .length("allowedPattern", request.allowedPattern(), 0, 1024)
                .check(Errors::validation);
    }

    DeleteParameterResponse delete(Call call, DeleteParameterRequest request) {
        if (!parameters.remove(call.scope(), Errors.present(request.name(), "name"))) {
            throw Errors.notFound();
        }
        return DeleteParameterResponse.builder().build();
    }

    DeleteParametersResponse deleteAll(Call call, DeleteParametersRequest request) {
        new Constraints()
                .range("names", request.names().size(), 1, MOST_AT_ONCE)
                .check(Errors::validation);
        var deleted = new ArrayList<String>();
        var invalid = new ArrayList<String>();
        for (var name : request.names()) {
            (parameters.remove(call.scope(), name) ? deleted : invalid).add(name);
        }
        return DeleteParametersResponse.builder()
                .deletedParameters(deleted)
                .invalidParameters(invalid)
                .build();
    }
}

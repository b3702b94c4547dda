package dev.hakoniwa.secrets.parameter;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ssm.model.LabelParameterVersionRequest;
import software.amazon.awssdk.services.ssm.model.LabelParameterVersionResponse;
import software.amazon.awssdk.services.ssm.model.UnlabelParameterVersionRequest;
import software.amazon.awssdk.services.ssm.model.UnlabelParameterVersionResponse;

/// The operations on the labels of versions. A label is on one version of a parameter at most.
final class LabelOperations {
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_.-][a-zA-Z0-9_.-]*");
    private static final int MOST = 10;
    private static final int LONGEST = 100;

    private final Parameters parameters;

    LabelOperations(Parameters parameters) {
        this.parameters = parameters;
    }

    /// Labels that break the rules are told, and keep none of the others back.
    LabelParameterVersionResponse label(Call call, LabelParameterVersionRequest request) {
        constrain(request.labels());
        var parameter = parameters.meant(call.scope(), request.name());
        var number = Objects.requireNonNullElse(
                request.parameterVersion(), parameter.latest().number());
        version(parameter, number);
        var invalid = new ArrayList<String>();
        for (var label : request.labels()) {
            if (isAllowed(label)) {
                parameter = parameter.labelled(number, label);
            } else {
                invalid.add(label);
            }
        }
        if (version(parameter, number).labels().size() > MOST) {
            throw Errors.tooManyLabels();
        }
        parameters.put(call.scope(), parameter);
        return LabelParameterVersionResponse.builder()
                .invalidLabels(invalid)
                .parameterVersion(number)
                .build();
    }

    UnlabelParameterVersionResponse unlabel(Call call, UnlabelParameterVersionRequest request) {
        constrain(request.labels());
        var parameter = parameters.meant(call.scope(), request.name());
        var number = Errors.present(request.parameterVersion(), "parameterVersion");
        var removed = new ArrayList<String>();
        var invalid = new ArrayList<String>();
        for (var label : request.labels()) {
            (version(parameter, number).labels().contains(label) ? removed : invalid).add(label);
        }
        for (var label : removed) {
            parameter = parameter.unlabelled(number, label);
        }
        parameters.put(call.scope(), parameter);
        return UnlabelParameterVersionResponse.builder()
                .removedLabels(removed)
                .invalidLabels(invalid)
                .build();
    }

    private static KeptVersion version(KeptParameter parameter, long number) {
        return parameter
                .numbered(number)
                .orElseThrow(() -> Errors.versionNotFound(parameter.name(), String.valueOf(number)));
    }

    private static void constrain(List<String> labels) {
        var constraints = new Constraints().range("labels", labels.size(), 1, MOST);
        labels.forEach(label -> constraints.length("labels", label, 1, LONGEST));
        constraints.check(Errors::validation);
    }

    private static boolean isAllowed(String label) {
        var lower = label.toLowerCase(Locale.ROOT);
        return LABEL.matcher(label).matches() && !lower.startsWith("aws") && !lower.startsWith("ssm");
    }
}

package dev.hakoniwa.ecr.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hakoniwa.aws.AwsError;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A part of a policy's JSON, read with the words of ECR's schema.
record PolicyNode(JsonNode json) {

    static AwsError invalid(String reason) {
        return AwsError.client(
                "InvalidParameterException",
                "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: %s'"
                        .formatted(reason));
    }

    /// This object, which has all `required` members and none but them and the `optional`.
    PolicyNode object(Set<String> required, Set<String> optional) {
        mustBe(json.isObject(), "object");
        var missing = new TreeSet<>(required);
        var unknown = new TreeSet<String>();
        for (var member : json.properties()) {
            missing.remove(member.getKey());
            if (!required.contains(member.getKey()) && !optional.contains(member.getKey())) {
                unknown.add(member.getKey());
            }
        }
        if (!missing.isEmpty()) {
            throw invalid("object has missing required properties (%s)".formatted(quoted(missing)));
        }
        if (!unknown.isEmpty()) {
            throw invalid("object instance has properties which are not allowed by the schema: " + quoted(unknown));
        }
        return this;
    }

    boolean has(String name) {
        return json.has(name);
    }

    PolicyNode get(String name) {
        return new PolicyNode(json.path(name));
    }

    List<PolicyNode> list(int fewest, int most) {
        mustBe(json.isArray(), "array");
        if (json.size() < fewest) {
            throw invalid("array is too short: must have at least %d elements but instance has %d elements"
                    .formatted(fewest, json.size()));
        }
        if (json.size() > most) {
            throw invalid("array is too long: must have at most %d elements but instance has %d elements"
                    .formatted(most, json.size()));
        }
        return IntStream.range(0, json.size())
                .mapToObj(i -> new PolicyNode(json.path(i)))
                .toList();
    }

    String text() {
        mustBe(json.isTextual(), "string");
        return json.textValue();
    }

    int positive() {
        mustBe(json.isIntegralNumber(), "integer");
        if (json.bigIntegerValue().signum() < 1) {
            throw invalid("numeric instance is lower than the required minimum (minimum: 1, found: %s)"
                    .formatted(json.asText()));
        }
        if (!json.canConvertToInt()) {
            throw invalid("numeric instance is greater than the required maximum (maximum: %d, found: %s)"
                    .formatted(Integer.MAX_VALUE, json.asText()));
        }
        return json.intValue();
    }

    /// The one of `values` that this is, by its place among them.
    int oneOf(String... values) {
        var place = Arrays.asList(values).indexOf(text());
        if (place < 0) {
            throw invalid("instance value (\"%s\") not found in enum (possible values: %s)"
                    .formatted(json.textValue(), quoted(new TreeSet<>(List.of(values)))));
        }
        return place;
    }

    private void mustBe(boolean isIt, String type) {
        if (!isIt) {
            throw invalid("instance type (%s) does not match any allowed primitive type (allowed: [\"%s\"])"
                    .formatted(type(), type));
        }
    }

    private String type() {
        return json.isIntegralNumber()
                ? "integer"
                : json.getNodeType().toString().toLowerCase(java.util.Locale.ROOT);
    }

    private static String quoted(Set<String> names) {
        return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",", "[", "]"));
    }
}

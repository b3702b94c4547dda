package dev.hakoniwa.elb;

import static dev.hakoniwa.elb.Constraints.sent;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.ElbArns.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;

/// The tags of load balancers, listeners, rules and target groups.
public final class Tags {
    private static final int MOST_TAGS = 50;
    private static final int MOST_RESOURCES = 20;
    private static final Pattern CHARACTERS = Pattern.compile("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");

    private final ElbTables kept;

    public Tags(ElbTables kept) {
        this.kept = kept;
    }

    public AddTagsResponse add(Call call, AddTagsRequest request) {
        var added = checked(sent("tags", request.hasTags(), request.tags()));
        for (var arn : resources(request.hasResourceArns(), request.resourceArns())) {
            mustExist(call.scope(), arn);
            var tags = new LinkedHashMap<>(of(call.scope(), arn));
            tags.putAll(added);
            put(call.scope(), arn, tags);
        }
        return AddTagsResponse.builder().build();
    }

    public RemoveTagsResponse remove(Call call, RemoveTagsRequest request) {
        var keys = sent("tagKeys", request.hasTagKeys(), request.tagKeys());
        for (var arn : resources(request.hasResourceArns(), request.resourceArns())) {
            mustExist(call.scope(), arn);
            var tags = new LinkedHashMap<>(of(call.scope(), arn));
            keys.forEach(tags::remove);
            put(call.scope(), arn, tags);
        }
        return RemoveTagsResponse.builder().build();
    }

    public DescribeTagsResponse describe(Call call, DescribeTagsRequest request) {
        var descriptions = resources(request.hasResourceArns(), request.resourceArns()).stream()
                .map(arn -> description(call.scope(), arn))
                .toList();
        return DescribeTagsResponse.builder().tagDescriptions(descriptions).build();
    }

    /// Gives a new resource its tags.
    public void create(Scope scope, String arn, List<Tag> tags) {
        if (!tags.isEmpty()) {
            put(scope, arn, checked(tags));
        }
    }

    /// Forgets the tags and attributes of a resource that goes.
    public static void forget(ElbTables kept, Scope scope, String arn) {
        kept.tags().remove(scope, arn);
        kept.attributes().remove(scope, arn);
    }

    private TagDescription description(Scope scope, String arn) {
        mustExist(scope, arn);
        var tags = of(scope, arn).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return TagDescription.builder().resourceArn(arn).tags(tags).build();
    }

    private Map<String, String> of(Scope scope, String arn) {
        return kept.tags().find(scope, arn).orElse(Map.of());
    }

    private void put(Scope scope, String arn, Map<String, String> tags) {
        if (tags.size() > MOST_TAGS) {
            throw Errors.tooMany("TooManyTags", "tags on resource '" + arn + "'", MOST_TAGS);
        }
        kept.tags().put(scope, arn, java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tags)));
    }

    private void mustExist(Scope scope, String arn) {
        for (var kind : Kind.values()) {
            var key = kind.find(scope, arn);
            if (key.isPresent()) {
                mustExist(kind, scope, key.get());
                return;
            }
        }
        throw Errors.validation("'%s' is not a valid ARN".formatted(arn));
    }

    private void mustExist(Kind kind, Scope scope, String key) {
        var there = switch (kind) {
            case LOAD_BALANCER -> kept.loadBalancers().contains(scope, key);
            case LISTENER -> kept.listeners().contains(scope, key);
            case RULE -> kept.rules().contains(scope, key);
            case TARGET_GROUP -> kept.targetGroups().contains(scope, key);
        };
        if (there) {
            return;
        }
        throw switch (kind) {
            case LOAD_BALANCER -> Errors.loadBalancerNotFound(kind.arn(scope, key));
            case LISTENER -> Errors.listenerNotFound(kind.arn(scope, key));
            case RULE -> Errors.rulesNotFound();
            case TARGET_GROUP -> Errors.targetGroupsNotFound();
        };
    }

    private static List<String> resources(boolean sent, List<String> arns) {
        var all = sent("resourceArns", sent, arns);
        if (all.size() > MOST_RESOURCES) {
            throw Errors.validation("Up to '%d' resources can be specified at once".formatted(MOST_RESOURCES));
        }
        return all;
    }

    private static Map<String, String> checked(List<Tag> tags) {
        var checked = new LinkedHashMap<String, String>();
        for (var tag : tags) {
            var at = "tags." + (checked.size() + 1) + ".member";
            var value = tag.value() == null ? "" : tag.value();
            new Constraints()
                    .required(at + ".key", tag.key())
                    .length(at + ".key", tag.key(), 1, 128)
                    .pattern(at + ".key", tag.key(), CHARACTERS)
                    .length(at + ".value", value, 0, 256)
                    .pattern(at + ".value", value, CHARACTERS)
                    .check();
            if (tag.key().startsWith("aws:")) {
                throw Errors.validation("Tag keys cannot begin with 'aws:'");
            }
            if (checked.put(tag.key(), value) != null) {
                throw Errors.duplicateTagKeys(tag.key());
            }
        }
        return checked;
    }
}

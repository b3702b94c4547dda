package dev.hakoniwa.ecs.instance;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Identifier;
import dev.hakoniwa.ecs.Pages;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.instance.ContainerInstance.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.DeleteAttributesRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAttributesResponse;
import software.amazon.awssdk.services.ecs.model.ListAttributesRequest;
import software.amazon.awssdk.services.ecs.model.ListAttributesResponse;
import software.amazon.awssdk.services.ecs.model.PutAttributesRequest;
import software.amazon.awssdk.services.ecs.model.PutAttributesResponse;
import software.amazon.awssdk.services.ecs.model.TargetType;

/// The operations on the attributes of container instances (ecs-capacity.md §3).
public final class AttributeCalls {
    private static final int MOST = 10;
    private static final int PAGE = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_./\\\\-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("(?! )[A-Za-z0-9_./\\\\@: -]{1,128}(?<! )");

    private final Clusters clusters;
    private final ContainerInstances instances;

    public AttributeCalls(Clusters clusters, ContainerInstances instances) {
        this.clusters = clusters;
        this.instances = instances;
    }

    public void addTo(Operations operations) {
        operations
                .on("PutAttributes", PutAttributesRequest::builder, this::put)
                .on("DeleteAttributes", DeleteAttributesRequest::builder, this::delete)
                .on("ListAttributes", ListAttributesRequest::builder, this::list);
    }

    /// The names and values are what ECS allows.
    static void check(List<Attribute> attributes) {
        for (var attribute : attributes) {
            var name = Errors.present(attribute.name(), "Attribute name");
            if (!NAME.matcher(name).matches()) {
                throw Errors.invalidParameter("The attribute name '%s' is invalid.".formatted(name));
            }
            var value = attribute.value();
            if (value != null && !value.isEmpty() && !VALUE.matcher(value).matches()) {
                throw Errors.invalidParameter("The attribute value '%s' is invalid.".formatted(value));
            }
        }
    }

    PutAttributesResponse put(Call call, PutAttributesRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster()).clusterName();
        counted(request.attributes());
        check(request.attributes());
        var put = change(call.scope(), cluster, request.attributes(), (custom, attribute) -> {
            custom.put(attribute.name(), Objects.requireNonNullElse(attribute.value(), ""));
            if (custom.size() > MOST) {
                throw limitExceeded();
            }
        });
        return PutAttributesResponse.builder().attributes(put).build();
    }

    DeleteAttributesResponse delete(Call call, DeleteAttributesRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster()).clusterName();
        counted(request.attributes());
        request.attributes().forEach(attribute -> Errors.present(attribute.name(), "Attribute name"));
        var deleted = change(
                call.scope(), cluster, request.attributes(), (custom, attribute) -> custom.remove(attribute.name()));
        return DeleteAttributesResponse.builder().attributes(deleted).build();
    }

    ListAttributesResponse list(Call call, ListAttributesRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster()).clusterName();
        if (request.targetType() != TargetType.CONTAINER_INSTANCE) {
            throw Errors.invalidParameter("targetType should be one of [container-instance]");
        }
        var size = Pages.size(request.maxResults(), PAGE, PAGE);
        var listing = "ListAttributes " + cluster + " "
                + request.copy(r -> r.nextToken(null).maxResults(null));
        var all = instances.all(call.scope(), cluster).stream()
                .filter(instance -> instance.status() != Status.INACTIVE)
                .flatMap(AttributeCalls::listed)
                .filter(attribute -> request.attributeName() == null
                        || request.attributeName().equals(attribute.name()))
                .filter(attribute -> request.attributeValue() == null
                        || request.attributeValue().equals(attribute.value()))
                .toList();
        var page = Pages.of(
                listing, all, attribute -> attribute.targetId() + " " + attribute.name(), request.nextToken(), size);
        return ListAttributesResponse.builder()
                .attributes(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static Stream<Attribute> listed(ContainerInstance instance) {
        var arn = instance.key().arn().toString();
        return InstanceView.attributes(instance).stream().map(attribute -> attribute.copy(a -> a.targetId(arn)));
    }

    /// Changes what has been put on each target; gives the attributes back with their targets' ARNs.
    private List<Attribute> change(
            Scope scope,
            String cluster,
            List<Attribute> attributes,
            BiConsumer<Map<String, String>, Attribute> change) {
        return attributes.stream()
                .map(attribute -> {
                    var instance = target(scope, cluster, attribute);
                    var custom = new HashMap<>(instance.custom());
                    change.accept(custom, attribute);
                    instances.put(instance.with(custom));
                    return attribute.copy(a -> a.targetType((TargetType) null)
                            .targetId(instance.key().arn().toString()));
                })
                .toList();
    }

    private ContainerInstance target(Scope scope, String cluster, Attribute attribute) {
        var target = Errors.present(attribute.targetId(), "targetId");
        if (!target.startsWith("arn:") && attribute.targetType() != TargetType.CONTAINER_INSTANCE) {
            throw Errors.invalidParameter("targetType should be one of [container-instance]");
        }
        var id = Identifier.within(scope, cluster, "container-instance", target);
        return instances
                .find(new InstanceKey(scope, cluster, id))
                .filter(instance -> instance.status() != Status.INACTIVE)
                .orElseThrow(() -> AwsError.client("TargetNotFoundException", "Could not find " + target));
    }

    private static void counted(List<Attribute> attributes) {
        if (attributes.isEmpty()) {
            throw Errors.invalidParameter("Attributes can not be blank.");
        }
        if (attributes.size() > MOST) {
            throw limitExceeded();
        }
    }

    private static AwsError limitExceeded() {
        return AwsError.client(
                "AttributeLimitExceededException",
                "You can apply up to %d custom attributes for each resource.".formatted(MOST));
    }
}

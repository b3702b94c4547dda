package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.vpc.Inventory.Tags;
import dev.hakoniwa.vpc.Selection.Wish;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/// The tags of everything that EC2 keeps. What kind of thing an id means shows in its prefix.
final class Tagging {
    private static final Map<String, ResourceType> TYPES = Map.of(
            "vpc", ResourceType.VPC,
            "subnet", ResourceType.SUBNET,
            "sg", ResourceType.SECURITY_GROUP,
            "sgr", ResourceType.SECURITY_GROUP_RULE,
            "eni", ResourceType.NETWORK_INTERFACE,
            "i", ResourceType.INSTANCE,
            "rtb", ResourceType.ROUTE_TABLE,
            "igw", ResourceType.INTERNET_GATEWAY,
            "acl", ResourceType.NETWORK_ACL,
            "dopt", ResourceType.DHCP_OPTIONS);

    private static final int TAGS_AT_MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private final Inventory inventory;
    private final Defaults defaults;
    private final Selection selection;
    /// By the prefix of their ids.
    private final Map<String, Taggable> taggables;

    Tagging(Inventory inventory, Defaults defaults) {
        this.inventory = inventory;
        this.defaults = defaults;
        this.selection = new Selection(inventory);
        taggables = Map.of(
                "vpc", taggable(inventory.vpcs, Errors::vpcNotFound),
                "subnet", taggable(inventory.subnets, Errors::subnetNotFound),
                "sg", taggable(inventory.securityGroups, Errors::groupNotFound),
                "sgr", new Taggable(this::isRule, Errors::ruleNotFound),
                "eni", taggable(inventory.interfaces, Errors::interfaceNotFound),
                "i", taggable(inventory.instances, Errors::instanceNotFound),
                "rtb", taggable(inventory.routeTables, Errors::routeTableNotFound),
                "igw", taggable(inventory.internetGateways, Errors::internetGatewayNotFound),
                "acl", taggable(inventory.networkAcls, Errors::networkAclNotFound),
                "dopt", taggable(inventory.dhcpOptions, Errors::dhcpOptionsNotFound));
    }

    /// A kind of thing that can have tags.
    private record Taggable(BiPredicate<Scope, String> isThere, Function<String, AwsError> notFound) {}

    CreateTagsResponse create(Call call, CreateTagsRequest request) {
        requireResources(call.scope(), request.resources());
        if (request.tags().isEmpty()) {
            throw Errors.missing("Tag");
        }
        request.resources().forEach(id -> add(call.scope(), id, request.tags()));
        return CreateTagsResponse.builder().build();
    }

    /// Without tags every tag goes; a tag with a value goes only where it has that value.
    DeleteTagsResponse delete(Call call, DeleteTagsRequest request) {
        requireResources(call.scope(), request.resources());
        for (var id : request.resources()) {
            var left = of(call.scope(), id).stream()
                    .filter(tag -> request.hasTags() && request.tags().stream().noneMatch(gone -> covers(gone, tag)))
                    .toList();
            inventory.tags.put(call.scope(), id, new Tags(id, left));
        }
        return DeleteTagsResponse.builder().build();
    }

    DescribeTagsResponse describe(Call call, DescribeTagsRequest request) {
        defaults.touch(call.scope());
        var wish = new Wish(List.of(), request.filters(), request.maxResults(), request.nextToken());
        var page = selection.of(call.scope(), Kinds.tags(inventory), wish);
        return DescribeTagsResponse.builder()
                .tags(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    /// Tags what was just made, as the request that made it asks.
    List<Tag> addAll(Scope scope, String id, ResourceType type, List<TagSpecification> specifications) {
        for (var specification : specifications) {
            if (specification.resourceType() != type) {
                throw Errors.invalidValue("'%s' is not a valid taggable resource type for this operation."
                        .formatted(specification.resourceTypeAsString()));
            }
            add(scope, id, specification.tags());
        }
        return of(scope, id);
    }

    List<Tag> of(Scope scope, String id) {
        return inventory.tags.find(scope, id).map(Tags::of).orElse(List.of());
    }

    static List<TagDescription> descriptions(Inventory inventory, Scope scope) {
        return inventory.tags.all(scope).stream()
                .flatMap(tags -> tags.of().stream().map(tag -> description(tags.id(), tag)))
                .toList();
    }

    private static TagDescription description(String id, Tag tag) {
        return TagDescription.builder()
                .resourceId(id)
                .resourceType(TYPES.get(prefix(id)))
                .key(tag.key())
                .value(tag.value())
                .build();
    }

    private static String prefix(String id) {
        return id.substring(0, Math.max(0, id.lastIndexOf('-')));
    }

    private void add(Scope scope, String id, List<Tag> tags) {
        var byKey = new TreeMap<String, Tag>();
        of(scope, id).forEach(tag -> byKey.put(tag.key(), tag));
        for (var tag : tags) {
            var checked = checked(tag);
            byKey.put(checked.key(), checked);
        }
        if (byKey.size() > TAGS_AT_MOST) {
            throw Errors.tooManyTags(id);
        }
        inventory.tags.put(scope, id, new Tags(id, List.copyOf(byKey.values())));
    }

    private static Tag checked(Tag tag) {
        var key = Errors.present(tag.key(), "Tag.Key");
        var value = Objects.requireNonNullElse(tag.value(), "");
        if (key.startsWith("aws:")) {
            throw Errors.invalidValue("Tag keys starting with 'aws:' are reserved for internal use");
        }
        if (key.length() > LONGEST_KEY) {
            throw Errors.invalidValue("Tag key exceeds the maximum length of %d characters".formatted(LONGEST_KEY));
        }
        if (value.length() > LONGEST_VALUE) {
            throw Errors.invalidValue("Tag value exceeds the maximum length of %d characters".formatted(LONGEST_VALUE));
        }
        return Tag.builder().key(key).value(value).build();
    }

    private static boolean covers(Tag gone, Tag tag) {
        return tag.key().equals(gone.key())
                && (gone.value() == null || gone.value().equals(tag.value()));
    }

    private void requireResources(Scope scope, List<String> resources) {
        defaults.touch(scope);
        if (resources.isEmpty()) {
            throw Errors.missing("ResourceId");
        }
        for (var id : resources) {
            var taggable = taggables.get(prefix(id));
            if (taggable == null) {
                throw Errors.idNotFound(id);
            }
            if (!taggable.isThere().test(scope, id)) {
                throw taggable.notFound().apply(id);
            }
        }
    }

    private boolean isRule(Scope scope, String ruleId) {
        return inventory.securityGroupRules.all(scope).stream()
                .anyMatch(rule -> rule.securityGroupRuleId().equals(ruleId));
    }

    private static Taggable taggable(Table<?> rows, Function<String, AwsError> notFound) {
        return new Taggable(rows::contains, notFound);
    }
}

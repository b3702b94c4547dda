package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.vpc.Selection.Wish;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/// The operations on security groups.
final class SecurityGroupOperations {
    private static final String CHARACTERS = "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";
    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9. _\\-:/()#,@\\[\\]+=&;{}!$*]{1,255}");

    private final Inventory inventory;
    private final SecurityGroups groups;
    private final Defaults defaults;
    private final Tagging tagging;
    private final Selection selection;

    SecurityGroupOperations(Inventory inventory, SecurityGroups groups, Defaults defaults, Tagging tagging) {
        this.inventory = inventory;
        this.groups = groups;
        this.defaults = defaults;
        this.tagging = tagging;
        this.selection = new Selection(inventory);
    }

    CreateSecurityGroupResponse create(Call call, CreateSecurityGroupRequest request) {
        var scope = call.scope();
        defaults.touch(scope);
        var name = name(Errors.present(request.groupName(), "GroupName"));
        var description = description(Errors.present(request.description(), "GroupDescription"));
        var vpcId = request.vpcId() == null ? defaultVpc(scope) : request.vpcId();
        if (!inventory.vpcs.contains(scope, vpcId)) {
            throw Errors.vpcNotFound(vpcId);
        }
        if (groups.in(scope, vpcId).stream().anyMatch(group -> group.groupName().equalsIgnoreCase(name))) {
            throw Errors.groupExists(name, vpcId);
        }

        var group = groups.add(scope, vpcId, name, description);
        var tags = tagging.addAll(scope, group.groupId(), ResourceType.SECURITY_GROUP, request.tagSpecifications());
        return CreateSecurityGroupResponse.builder()
                .groupId(group.groupId())
                .securityGroupArn(group.securityGroupArn())
                .tags(tags)
                .build();
    }

    DeleteSecurityGroupResponse delete(Call call, DeleteSecurityGroupRequest request) {
        var scope = call.scope();
        var group = meant(scope, request.groupId(), request.groupName());
        if (group.groupName().equals(SecurityGroups.DEFAULT)) {
            throw Errors.groupIsTheDefault(group.groupId());
        }
        if (groups.isUsed(scope, group.groupId())) {
            throw Errors.groupInUse(group.groupId());
        }
        groups.remove(scope, group.groupId());
        return DeleteSecurityGroupResponse.builder()
                .returnValue(true)
                .groupId(group.groupId())
                .build();
    }

    DescribeSecurityGroupsResponse describe(Call call, DescribeSecurityGroupsRequest request) {
        var scope = call.scope();
        defaults.touch(scope);
        var named = request.groupNames().stream().map(name -> named(scope, name).groupId());
        var groupIds = Stream.concat(request.groupIds().stream(), named).toList();
        var wish = new Wish(groupIds, request.filters(), request.maxResults(), request.nextToken());
        var page = selection.of(scope, Kinds.securityGroups(inventory, scope), wish);
        return DescribeSecurityGroupsResponse.builder()
                .securityGroups(
                        page.items().stream().map(group -> view(scope, group)).toList())
                .nextToken(page.nextToken())
                .build();
    }

    /// The group that a request names by its id, or by its name in the default VPC.
    SecurityGroup meant(Scope scope, @Nullable String groupId, @Nullable String groupName) {
        defaults.touch(scope);
        if (groupId != null) {
            return groups.find(scope, groupId);
        }
        if (groupName == null) {
            throw Errors.missing("GroupName or GroupId");
        }
        return named(scope, groupName);
    }

    void touch(Scope scope) {
        defaults.touch(scope);
    }

    private SecurityGroup view(Scope scope, SecurityGroup group) {
        return group.copy(g -> g.ipPermissions(Permissions.of(groups.rules(scope, group.groupId(), false)))
                .ipPermissionsEgress(Permissions.of(groups.rules(scope, group.groupId(), true)))
                .tags(tagging.of(scope, group.groupId())));
    }

    private SecurityGroup named(Scope scope, String name) {
        var vpcId = defaultVpc(scope);
        return groups.in(scope, vpcId).stream()
                .filter(group -> group.groupName().equals(name))
                .findFirst()
                .orElseThrow(() -> Errors.groupNameNotFound(name, vpcId));
    }

    private String defaultVpc(Scope scope) {
        return defaults.vpcId(scope).orElseThrow(Errors::noDefaultVpc);
    }

    /// EC2 trims what stands behind a name.
    private static String name(String sent) {
        var name = sent.stripTrailing();
        if (name.startsWith("sg-")) {
            throw invalid(name, "GroupName", "Group names may not be in the format sg-*");
        }
        if (name.equalsIgnoreCase(SecurityGroups.DEFAULT)) {
            throw Errors.invalidValue("Cannot use reserved security group name: %s".formatted(name));
        }
        if (!ALLOWED.matcher(name).matches()) {
            throw invalid(
                    name,
                    "GroupName",
                    "Invalid security group name. Valid names are strings less than 256 characters from the following set:  "
                            + CHARACTERS);
        }
        return name;
    }

    private static String description(String description) {
        if (!ALLOWED.matcher(description).matches()) {
            throw invalid(
                    description,
                    "GroupDescription",
                    "Invalid security group description. Valid descriptions are strings less than 256 characters from the following set:  "
                            + CHARACTERS);
        }
        return description;
    }

    private static RuntimeException invalid(String value, String parameter, String why) {
        return Errors.invalidValue("Value (%s) for parameter %s is invalid. %s".formatted(value, parameter, why));
    }
}

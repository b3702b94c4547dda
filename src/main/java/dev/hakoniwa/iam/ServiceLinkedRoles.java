package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeletionTaskStatusType;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusRequest;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusResponse;
import software.amazon.awssdk.services.iam.model.Role;

/// The roles that belong to AWS's services. Only the services change them; deleting one is a task of its own.
final class ServiceLinkedRoles {
    private static final Pattern SERVICE = Pattern.compile("[\\w+=,.@-]+");
    private static final int SESSION_SECONDS = 3600;

    /// How the services around ECS spell themselves; any other is spelled by its name.
    private static final Map<String, String> SPELLED = Map.of(
            "ecs", "ECS",
            "elasticloadbalancing", "ElasticLoadBalancing",
            "autoscaling", "AutoScaling",
            "ecs.application-autoscaling", "ApplicationAutoScaling_ECSService",
            "replication.ecr", "ECRReplication",
            "pullthroughcache.ecr", "ECRPullThroughCache",
            "spot", "EC2Spot");

    private final Directory directory;

    /// The tasks of deletion; a row is the role that is gone.
    private final Table<String> deletions;

    private final Ids ids;
    private final InstantSource clock;

    ServiceLinkedRoles(Tables tables, Directory directory, Ids ids, InstantSource clock) {
        this.directory = directory;
        this.deletions = tables.table("deletion of a service-linked role");
        this.ids = ids;
        this.clock = clock;
    }

    CreateServiceLinkedRoleResponse create(Call call, CreateServiceLinkedRoleRequest request) {
        var service = service(request.awsServiceName());
        new Constraints()
                .length("customSuffix", request.customSuffix(), 1, 64)
                .length("description", request.description(), 0, 1000)
                .check(Errors::validation);
        var name = name(service, request.customSuffix());
        if (directory.findRole(call.account(), name).isPresent()) {
            throw Errors.roleNameTaken(name);
        }
        var role = add(call.account(), service, name, request.description());
        return CreateServiceLinkedRoleResponse.builder()
                .role(RoleOperations.view(role))
                .build();
    }

    DeleteServiceLinkedRoleResponse delete(Call call, DeleteServiceLinkedRoleRequest request) {
        var role = directory.role(call.account(), Names.role(request.roleName()));
        if (!role.isServiceLinked()) {
            throw Errors.invalidInput("Role %s is not a service-linked role.".formatted(role.name()));
        }
        var taskId = "task" + role.shape().path() + role.name() + "/" + ids.uuid();
        directory.remove(call.account(), role);
        deletions.put(Directory.scope(call.account()), taskId, role.name());
        return DeleteServiceLinkedRoleResponse.builder().deletionTaskId(taskId).build();
    }

    /// A role is gone as soon as its deletion is asked for.
    GetServiceLinkedRoleDeletionStatusResponse status(Call call, GetServiceLinkedRoleDeletionStatusRequest request) {
        var taskId = Names.required(request.deletionTaskId(), "deletionTaskId");
        if (!deletions.contains(Directory.scope(call.account()), taskId)) {
            throw Errors.deletionNotFound(taskId);
        }
        return GetServiceLinkedRoleDeletionStatusResponse.builder()
                .status(DeletionTaskStatusType.SUCCEEDED)
                .build();
    }

    Arn ensure(AccountId account, String service) {
        var name = name(service, null);
        var role = directory.findRole(account, name).orElseGet(() -> add(account, service, name, null));
        return Arn.parse(role.shape().arn()).orElseThrow();
    }

    private KeptRole add(AccountId account, String service, String name, @Nullable String description) {
        var path = "/aws-service-role/" + service + "/";
        var trust = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"%s"},\
                "Action":"sts:AssumeRole"}]}""".formatted(service);
        var role = Role.builder()
                .roleName(name)
                .path(path)
                .roleId(RoleOperations.roleId(ids))
                .arn(Directory.arn(account, "role" + path + name).toString())
                .createDate(clock.instant().truncatedTo(ChronoUnit.SECONDS))
                .assumeRolePolicyDocument(trust)
                .description(description)
                .maxSessionDuration(SESSION_SECONDS)
                .build();
        return directory.put(account, KeptRole.of(role));
    }

    private static String service(@Nullable String asked) {
        var service = Names.required(asked, "awsServiceName");
        new Constraints()
                .length("awsServiceName", service, 1, 128)
                .pattern("awsServiceName", service, SERVICE)
                .check(Errors::validation);
        if (!service.endsWith(".amazonaws.com")) {
            throw Errors.invalidInput("Service name %s is not supported.".formatted(service));
        }
        return service;
    }

    private static String name(String service, @Nullable String suffix) {
        var prefix = service.replace(".amazonaws.com", "");
        var name = "AWSServiceRoleFor" + SPELLED.getOrDefault(prefix, prefix);
        return suffix == null ? name : name + "_" + suffix;
    }
}

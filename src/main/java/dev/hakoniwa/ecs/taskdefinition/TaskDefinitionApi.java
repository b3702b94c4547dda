package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Pages;
import dev.hakoniwa.ecs.Tags;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/// The operations on task definitions.
public final class TaskDefinitionApi {
    private static final int PAGE = 100;
    private static final int MOST_DELETED_AT_ONCE = 10;

    private final TaskDefinitions definitions;
    private final InstantSource clock;

    public TaskDefinitionApi(TaskDefinitions definitions, InstantSource clock) {
        this.definitions = definitions;
        this.clock = clock;
    }

    public RegisterTaskDefinitionResponse register(Call call, RegisterTaskDefinitionRequest request) {
        var draft = Registration.check(request);
        var tags = Tags.checked(request.tags());

        var revision = definitions.next(call.scope(), request.family());
        var definition = Registration.register(call, draft, revision, clock.instant());
        definitions.put(call.scope(), new Kept(definition, tags));

        return RegisterTaskDefinitionResponse.builder()
                .taskDefinition(definition)
                .tags(request.hasTags() ? tags : null)
                .build();
    }

    public DescribeTaskDefinitionResponse describe(Call call, DescribeTaskDefinitionRequest request) {
        var reference = Errors.present(request.taskDefinition(), "TaskDefinition");
        var kept = definitions.kept(call.scope(), reference).orElseThrow(Errors::unableToDescribeTaskDefinition);

        return DescribeTaskDefinitionResponse.builder()
                .taskDefinition(kept.shape())
                .tags(request.include().contains(TaskDefinitionField.TAGS) ? kept.tags() : List.of())
                .build();
    }

    public ListTaskDefinitionsResponse list(Call call, ListTaskDefinitionsRequest request) {
        var status = request.status() == null ? TaskDefinitionStatus.ACTIVE : request.status();
        if (status == TaskDefinitionStatus.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalidParameter("status should be one of [ACTIVE,INACTIVE,DELETE_IN_PROGRESS]");
        }
        if (request.sort() == SortOrder.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalidParameter("sort should be one of [ASC,DESC]");
        }
        var all = request.familyPrefix() == null
                ? definitions.all(call.scope())
                : definitions.ofFamily(call.scope(), request.familyPrefix());
        var found = all.stream()
                .map(Kept::shape)
                .filter(definition -> definition.status() == status)
                .map(TaskDefinition::taskDefinitionArn)
                .toList();
        var sorted = request.sort() == SortOrder.DESC ? found.reversed() : found;
        var listing = "ListTaskDefinitions %s %s %s".formatted(request.familyPrefix(), status, request.sort());
        var size = Pages.size(request.maxResults(), PAGE, PAGE);
        var page = Pages.of(listing, sorted, arn -> arn, request.nextToken(), size);
        return ListTaskDefinitionsResponse.builder()
                .taskDefinitionArns(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    public ListTaskDefinitionFamiliesResponse families(Call call, ListTaskDefinitionFamiliesRequest request) {
        var status = request.status() == null ? TaskDefinitionFamilyStatus.ALL : request.status();
        var prefix = request.familyPrefix() == null ? "" : request.familyPrefix();
        var names = definitions.families(call.scope(), prefix).stream()
                .filter(family -> is(status, family))
                .map(Family::name)
                .toList();
        var listing = "ListTaskDefinitionFamilies %s %s".formatted(prefix, status);
        var size = Pages.size(request.maxResults(), PAGE, PAGE);
        var page = Pages.of(listing, names, name -> name, request.nextToken(), size);
        return ListTaskDefinitionFamiliesResponse.builder()
                .families(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    public DeregisterTaskDefinitionResponse deregister(Call call, DeregisterTaskDefinitionRequest request) {
        var reference = Errors.present(request.taskDefinition(), "TaskDefinition");
        var revision = Revision.read(call.scope(), reference);
        if (revision.isFamilyAlone()) {
            throw Errors.revisionMissing();
        }
        var kept = definitions.kept(call.scope(), revision).orElseThrow(Errors::unableToDescribeTaskDefinition);
        if (kept.shape().status() != TaskDefinitionStatus.ACTIVE) {
            return DeregisterTaskDefinitionResponse.builder()
                    .taskDefinition(kept.shape())
                    .build();
        }

        var inactive =
                kept.shape().copy(d -> d.status(TaskDefinitionStatus.INACTIVE).deregisteredAt(clock.instant()));
        definitions.deregister(call.scope(), new Kept(inactive, kept.tags()));
        return DeregisterTaskDefinitionResponse.builder()
                .taskDefinition(inactive)
                .build();
    }

    public DeleteTaskDefinitionsResponse delete(Call call, DeleteTaskDefinitionsRequest request) {
        if (request.taskDefinitions().isEmpty()) {
            throw Errors.invalidParameter("Task definitions can not be blank.");
        }
        if (request.taskDefinitions().size() > MOST_DELETED_AT_ONCE) {
            throw Errors.invalidParameter("taskDefinitions can have at most " + MOST_DELETED_AT_ONCE + " items.");
        }
        var deleted = new ArrayList<TaskDefinition>();
        var failures = new ArrayList<Failure>();
        for (var reference : request.taskDefinitions()) {
            delete(call, reference, deleted, failures);
        }
        return DeleteTaskDefinitionsResponse.builder()
                .taskDefinitions(deleted)
                .failures(failures)
                .build();
    }

    private void delete(Call call, String reference, List<TaskDefinition> deleted, List<Failure> failures) {
        var revision = Revision.exact(call.scope(), reference);
        if (revision.isEmpty()) {
            failures.add(failure(reference, "The specified task definition identifier is invalid."));
            return;
        }
        var kept = definitions.kept(call.scope(), revision.get());
        if (kept.isEmpty()) {
            failures.add(
                    failure(
                            reference,
                            "The specified task definition does not exist. Specify a valid account, family, revision and try again."));
            return;
        }
        var definition = kept.get().shape();
        switch (definition.status()) {
            case ACTIVE ->
                failures.add(
                        failure(
                                reference,
                                "The specified task definition is still in ACTIVE status. Please deregister the target and try again."));
            case INACTIVE -> deleted.add(startDeleting(call, kept.get()));
            case DELETE_IN_PROGRESS, UNKNOWN_TO_SDK_VERSION -> deleted.add(definition);
        }
    }

    private TaskDefinition startDeleting(Call call, Kept kept) {
        var deleting = kept.shape()
                .copy(d -> d.status(TaskDefinitionStatus.DELETE_IN_PROGRESS).deleteRequestedAt(clock.instant()));
        definitions.startDeleting(call.scope(), new Kept(deleting, kept.tags()));
        return deleting;
    }

    private static boolean is(TaskDefinitionFamilyStatus status, Family family) {
        return switch (status) {
            case ACTIVE -> family.isActive();
            case INACTIVE -> family.isInactive();
            case ALL -> !family.isEmpty();
            case UNKNOWN_TO_SDK_VERSION ->
                throw Errors.invalidParameter("status should be one of [ACTIVE,INACTIVE,ALL]");
        };
    }

    private static Failure failure(String arn, String reason) {
        return Failure.builder().arn(arn).reason(reason).build();
    }
}

package dev.hakoniwa.ecs.service;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Identifier;
import dev.hakoniwa.ecs.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentResponse;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;

/// The operations on service deployments and service revisions (ecs-services.md §9).
final class RolloutCalls {
    private static final String DEPLOYMENT = "service-deployment";
    private static final String REVISION = "service-revision";
    private static final int MOST_DESCRIBED = 20;
    private static final int USUAL_PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final Foundation foundation;
    private final ServiceTable services;
    private final ServiceFinder finder;
    private final Surroundings surroundings;

    RolloutCalls(Foundation foundation, ServiceTable services, ServiceFinder finder, Surroundings surroundings) {
        this.foundation = foundation;
        this.services = services;
        this.finder = finder;
        this.surroundings = surroundings;
    }

    void addTo(Operations operations) {
        operations
                .on("ListServiceDeployments", ListServiceDeploymentsRequest::builder, this::list)
                .on("DescribeServiceDeployments", DescribeServiceDeploymentsRequest::builder, this::describe)
                .on("StopServiceDeployment", StopServiceDeploymentRequest::builder, this::stop)
                .on("DescribeServiceRevisions", DescribeServiceRevisionsRequest::builder, this::revisions);
    }

    ListServiceDeploymentsResponse list(Call call, ListServiceDeploymentsRequest request) {
        var cluster = finder.cluster(call.scope(), request.cluster());
        var service = finder.find(call.scope(), cluster, Errors.present(request.service(), "Service"))
                .orElseThrow(Errors::serviceNotFound);
        if (request.status().contains(ServiceDeploymentStatus.UNKNOWN_TO_SDK_VERSION)) {
            throw ServiceChecks.notOneOf("status", ServiceDeploymentStatus.knownValues());
        }
        var size = Pages.size(request.maxResults(), USUAL_PAGE, LARGEST_PAGE);
        var found = service.deployments().rollouts().stream()
                .filter(rollout -> isAskedFor(request, rollout))
                .toList();
        var listing = "ListServiceDeployments " + service.key().row()
                + request.copy(r -> r.nextToken(null).maxResults(null));
        var page = Pages.of(listing, found, Rollout::id, request.nextToken(), size);
        return ListServiceDeploymentsResponse.builder()
                .serviceDeployments(page.items().stream()
                        .map(rollout -> RolloutView.brief(service, rollout))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static boolean isAskedFor(ListServiceDeploymentsRequest request, Rollout rollout) {
        var created = rollout.times().created();
        var range = request.createdAt();
        return (request.status().isEmpty() || request.status().contains(rollout.status()))
                && (range == null || range.after() == null || created.isAfter(range.after()))
                && (range == null || range.before() == null || created.isBefore(range.before()));
    }

    DescribeServiceDeploymentsResponse describe(Call call, DescribeServiceDeploymentsRequest request) {
        var arns = checked(request.serviceDeploymentArns(), "serviceDeploymentArns");
        var found = new ArrayList<ServiceDeployment>();
        var missing = collect(arns, arn -> deployment(call.scope(), arn), found);
        return DescribeServiceDeploymentsResponse.builder()
                .serviceDeployments(found)
                .failures(missing)
                .build();
    }

    DescribeServiceRevisionsResponse revisions(Call call, DescribeServiceRevisionsRequest request) {
        var arns = checked(request.serviceRevisionArns(), "serviceRevisionArns");
        var found = new ArrayList<ServiceRevision>();
        var missing = collect(arns, arn -> revision(call.scope(), arn), found);
        return DescribeServiceRevisionsResponse.builder()
                .serviceRevisions(found)
                .failures(missing)
                .build();
    }

    StopServiceDeploymentResponse stop(Call call, StopServiceDeploymentRequest request) {
        var arn = Errors.present(request.serviceDeploymentArn(), "serviceDeploymentArn");
        if (request.stopType() == StopServiceDeploymentStopType.UNKNOWN_TO_SDK_VERSION) {
            throw ServiceChecks.notOneOf("stopType", StopServiceDeploymentStopType.knownValues());
        }
        var place = place(call.scope(), DEPLOYMENT, arn);
        var service = place.flatMap(p -> services.find(p.service())).orElseThrow(Errors::serviceDeploymentNotFound);
        var rollout = place.flatMap(p -> rollout(service, p.id())).orElseThrow(Errors::serviceDeploymentNotFound);
        if (rollout.isOver()) {
            throw Errors.serviceDeploymentIsOver(rollout.status().toString());
        }
        var status = request.stopType() == StopServiceDeploymentStopType.ABORT
                ? ServiceDeploymentStatus.STOP_REQUESTED
                : ServiceDeploymentStatus.ROLLBACK_REQUESTED;
        if (rollout.status() != ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS
                || status == ServiceDeploymentStatus.STOP_REQUESTED) {
            var now = foundation.clock().instant();
            services.put(service.deployments(all -> all.rollout(r -> r.requested(status, now))));
            surroundings.reconciler().wake(service.key());
        }
        return StopServiceDeploymentResponse.builder().serviceDeploymentArn(arn).build();
    }

    private Optional<ServiceDeployment> deployment(Scope scope, String arn) {
        return place(scope, DEPLOYMENT, arn)
                .flatMap(place -> services.find(place.service())
                        .flatMap(service -> rollout(service, place.id())
                                .map(rollout -> RolloutView.of(service, rollout, surroundings.tasksOf(service)))));
    }

    private Optional<ServiceRevision> revision(Scope scope, String arn) {
        return place(scope, REVISION, arn)
                .flatMap(place -> services.find(place.service())
                        .flatMap(service -> service.deployments().rollouts().stream()
                                .map(Rollout::target)
                                .filter(target -> target.number().equals(place.id()))
                                .findFirst()
                                .map(target -> RolloutView.revision(service.key(), target))));
    }

    private static Optional<Rollout> rollout(LiveService service, String id) {
        return service.deployments().rollouts().stream()
                .filter(rollout -> rollout.id().equals(id))
                .findFirst();
    }

    /// What an ARN names that ends in `CLUSTER/SERVICE/ID`.
    private record Place(ServiceKey service, String id) {}

    private static Optional<Place> place(Scope scope, String type, String text) {
        Arn arn = Identifier.arn(scope, text);
        if (!arn.resourceType().equals(type)) {
            throw Errors.unsupportedResourceType(arn.resourceType());
        }
        var parts = arn.resourceId().split("/", -1);
        return parts.length == 3
                ? Optional.of(new Place(new ServiceKey(scope, parts[0], parts[1]), parts[2]))
                : Optional.empty();
    }

    private static List<String> checked(List<String> arns, String member) {
        if (arns.isEmpty()) {
            throw Errors.invalidParameter(member + " cannot be empty.");
        }
        if (arns.size() > MOST_DESCRIBED) {
            throw Errors.invalidParameter(member + " can have at most " + MOST_DESCRIBED + " items.");
        }
        return arns;
    }

    /// Adds what is found to `found`; gives back what isn't.
    private static <T> List<Failure> collect(List<String> arns, Function<String, Optional<T>> find, List<T> found) {
        var missing = new ArrayList<Failure>();
        for (var arn : arns) {
            find.apply(arn)
                    .ifPresentOrElse(
                            found::add,
                            () -> missing.add(
                                    Failure.builder().arn(arn).reason("MISSING").build()));
        }
        return missing;
    }
}

package dev.hakoniwa.ecs.service;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Pages;
import dev.hakoniwa.ecs.service.LiveService.Status;
import dev.hakoniwa.ecs.task.RunTaskChecks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.ResourceManagementType;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;

/// The operations on services.
final class ServiceCalls {
    private static final int MOST_DESCRIBED = 10;
    private static final int USUAL_PAGE = 10;
    private static final int LARGEST_PAGE = 100;

    private final ServiceTable services;
    private final ServiceFinder finder;
    private final Surroundings surroundings;
    private final InstantSource clock;

    ServiceCalls(ServiceTable services, ServiceFinder finder, Surroundings surroundings, InstantSource clock) {
        this.services = services;
        this.finder = finder;
        this.surroundings = surroundings;
        this.clock = clock;
    }

    void addTo(Operations operations) {
        operations
                .on("DescribeServices", DescribeServicesRequest::builder, this::describe)
                .on("ListServices", ListServicesRequest::builder, this::list)
                .on("DeleteService", DeleteServiceRequest::builder, this::delete);
    }

    DescribeServicesResponse describe(Call call, DescribeServicesRequest request) {
        var cluster = finder.cluster(call.scope(), request.cluster());
        if (request.services().isEmpty()) {
            throw Errors.invalidParameter("Services cannot be empty.");
        }
        if (request.services().size() > MOST_DESCRIBED) {
            throw Errors.invalidParameter("Services can have at most " + MOST_DESCRIBED + " items.");
        }
        var withTags = request.include().contains(ServiceField.TAGS);
        var found = new ArrayList<Service>();
        var missing = new ArrayList<Failure>();
        for (var name : request.services()) {
            var key = ServiceFinder.key(call.scope(), cluster, name);
            services.find(key)
                    .ifPresentOrElse(
                            service -> found.add(surroundings.view(service, withTags)),
                            () -> missing.add(Failure.builder()
                                    .arn(key.arn().toString())
                                    .reason("MISSING")
                                    .build()));
        }
        return DescribeServicesResponse.builder()
                .services(found)
                .failures(missing)
                .build();
    }

    ListServicesResponse list(Call call, ListServicesRequest request) {
        var cluster = finder.cluster(call.scope(), request.cluster());
        check(request);
        var size = Pages.size(request.maxResults(), USUAL_PAGE, LARGEST_PAGE);
        var listing = "ListServices " + cluster.clusterName()
                + request.copy(r -> r.nextToken(null).maxResults(null));
        var page = Pages.ofSorted(
                listing,
                row -> services.ofCluster(call.scope(), cluster.clusterName(), row)
                        .filter(service -> service.status() == Status.ACTIVE)
                        .filter(service -> isAskedFor(request, service.document())),
                service -> service.key().row(),
                request.nextToken(),
                size);
        return ListServicesResponse.builder()
                .serviceArns(page.items().stream()
                        .map(service -> service.key().arn().toString())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static void check(ListServicesRequest request) {
        RunTaskChecks.oneCompute(request.launchType(), List.of());
        ServiceChecks.schedulingStrategy(request.schedulingStrategy());
        if (request.resourceManagementType() == ResourceManagementType.UNKNOWN_TO_SDK_VERSION) {
            throw ServiceChecks.notOneOf("resourceManagementType", ResourceManagementType.knownValues());
        }
    }

    /// All services are their owners' to manage: there is nothing that ECS makes by itself.
    private static boolean isAskedFor(ListServicesRequest request, Service document) {
        var launchType = request.launchType();
        var scheduling = request.schedulingStrategy();
        return (launchType == null || launchType == document.launchType())
                && (scheduling == null || scheduling == document.schedulingStrategy())
                && request.resourceManagementType() != ResourceManagementType.ECS;
    }

    DeleteServiceResponse delete(Call call, DeleteServiceRequest request) {
        var cluster = finder.cluster(call.scope(), request.cluster());
        var service = finder.find(call.scope(), cluster, Errors.present(request.service(), "Service"))
                .filter(s -> !s.isInactive())
                .orElseThrow(Errors::serviceNotFound);
        if (service.status() == Status.DRAINING) {
            throw Errors.serviceNotActive();
        }
        if (!Boolean.TRUE.equals(request.force())) {
            mayStop(service);
        }
        var draining = service.with(document -> document.copy(d -> d.desiredCount(0)))
                .with(Status.DRAINING)
                .deployments(all -> all.rollout(r -> r.givenUp("the service was deleted.", clock.instant())));
        services.put(draining);
        surroundings.reconciler().wake(service.key());
        return DeleteServiceResponse.builder()
                .service(surroundings.view(draining, true))
                .build();
    }

    private static void mayStop(LiveService service) {
        if (service.desiredCount() > 0 && !service.isDaemon()) {
            throw Errors.invalidParameter("The service cannot be stopped while it is scaled above 0.");
        }
        if (service.deployments().live().size() > 1) {
            throw Errors.invalidParameter("The service cannot be stopped while deployments are active.");
        }
    }
}

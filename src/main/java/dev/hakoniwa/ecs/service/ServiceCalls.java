package dev.hakoniwa.ecs.service;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Pages;
import dev.hakoniwa.ecs.service.LiveService.Status;
import java.util.ArrayList;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/// The operations on services.
final class ServiceCalls {
    private static final int MOST_DESCRIBED = 10;
    private static final int USUAL_PAGE = 10;
    private static final int LARGEST_PAGE = 100;

    private final ServiceTable services;
    private final ServiceFinder finder;
    private final CreateService create;
    private final UpdateService update;
    private final Surroundings surroundings;

    ServiceCalls(
            ServiceTable services,
            ServiceFinder finder,
            CreateService create,
            UpdateService update,
            Surroundings surroundings) {
        this.services = services;
        this.finder = finder;
        this.create = create;
        this.update = update;
        this.surroundings = surroundings;
    }

    void addTo(Operations operations) {
        operations
                .on("CreateService", CreateServiceRequest::builder, create::create)
                .on("UpdateService", UpdateServiceRequest::builder, update::update)
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
        var size = Pages.size(request.maxResults(), USUAL_PAGE, LARGEST_PAGE);
        var arns = services.ofCluster(call.scope(), cluster.clusterName()).stream()
                .filter(service -> service.status() == Status.ACTIVE)
                .filter(service -> request.launchType() == null
                        || request.launchType() == service.document().launchType())
                .filter(service -> request.schedulingStrategy() == null
                        || request.schedulingStrategy() == service.document().schedulingStrategy())
                .map(service -> service.key().arn().toString())
                .toList();
        var listing = "ListServices " + cluster.clusterName()
                + request.copy(r -> r.nextToken(null).maxResults(null));
        var page = Pages.of(listing, arns, arn -> arn, request.nextToken(), size);
        return ListServicesResponse.builder()
                .serviceArns(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    DeleteServiceResponse delete(Call call, DeleteServiceRequest request) {
        var cluster = finder.cluster(call.scope(), request.cluster());
        var service = finder.find(call.scope(), cluster, Errors.present(request.service(), "Service"))
                .filter(s -> !s.isInactive())
                .orElseThrow(Errors::serviceNotFound);
        if (service.status() == Status.DRAINING) {
            throw Errors.serviceNotActive();
        }
        if (service.desiredCount() > 0 && !Boolean.TRUE.equals(request.force())) {
            throw Errors.invalidParameter("The service cannot be stopped while it is scaled above 0.");
        }
        var draining =
                service.with(document -> document.copy(d -> d.desiredCount(0))).with(Status.DRAINING);
        services.put(draining);
        surroundings.reconciler().wake(service.key());
        return DeleteServiceResponse.builder()
                .service(surroundings.view(draining, true))
                .build();
    }
}

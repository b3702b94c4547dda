package dev.hakoniwa.ecs.cluster;

import static dev.hakoniwa.ecs.cluster.ClusterRules.CONTAINER_INSIGHTS;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.ecs.AccountSettings;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Pages;
import dev.hakoniwa.ecs.Tags;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.ClusterServiceConnectDefaults;
import software.amazon.awssdk.services.ecs.model.ClusterServiceConnectDefaultsRequest;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterResponse;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersResponse;
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterResponse;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsResponse;

/// The operations on clusters.
public final class ClusterApi {
    private static final int PAGE = 100;
    private static final String ATTACHED = "UPDATE_COMPLETE";

    private final Clusters clusters;
    private final AccountSettings accountSettings;

    public ClusterApi(Clusters clusters, AccountSettings accountSettings) {
        this.clusters = clusters;
        this.accountSettings = accountSettings;
    }

    public CreateClusterResponse create(Call call, CreateClusterRequest request) {
        var name = Clusters.name(call.scope(), request.clusterName());
        var wanted = wanted(call, name, request);
        var existing = clusters.find(call.scope(), name).filter(Kept::isActive);
        if (existing.isPresent()) {
            return created(call, same(existing.get().shape(), wanted, request));
        }

        return created(call, clusters.put(call.scope(), wanted));
    }

    /// The ACTIVE cluster that a request names; the default cluster is made if it isn't there.
    public Cluster orDefault(Call call, @Nullable String nameOrArn) {
        if (Clusters.name(call.scope(), nameOrArn).equals(Clusters.DEFAULT)) {
            create(call, CreateClusterRequest.builder().build());
        }
        return clusters.resolve(call.scope(), nameOrArn);
    }

    public DescribeClustersResponse describe(Call call, DescribeClustersRequest request) {
        if (request.clusters().size() > PAGE) {
            throw Errors.invalidParameter("clusters can have at most " + PAGE + " items.");
        }
        var include = EnumSet.noneOf(ClusterField.class);
        include.addAll(request.include());
        var found = new ArrayList<Cluster>();
        var failures = new ArrayList<Failure>();
        for (var name : asked(call, request)) {
            clusters.find(call.scope(), name)
                    .map(Kept::shape)
                    .map(cluster -> ClusterViews.described(cluster, clusters.counts(call.scope(), cluster), include))
                    .ifPresentOrElse(found::add, () -> failures.add(missing(call, name)));
        }
        return DescribeClustersResponse.builder()
                .clusters(found)
                .failures(failures)
                .build();
    }

    public ListClustersResponse list(Call call, ListClustersRequest request) {
        var arns =
                clusters.active(call.scope()).stream().map(Cluster::clusterArn).toList();
        var size = Pages.size(request.maxResults(), PAGE, PAGE);
        var page = Pages.of("ListClusters", arns, arn -> arn, request.nextToken(), size);
        return ListClustersResponse.builder()
                .clusterArns(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    public UpdateClusterResponse update(Call call, UpdateClusterRequest request) {
        var cluster = named(call, request.cluster());
        var settings = ClusterRules.settings(request.settings());
        var configuration = ClusterRules.configuration(request.configuration());

        var updated = cluster.copy(c -> {
            c.settings(merged(cluster.settings(), settings));
            if (configuration != null) {
                c.configuration(configuration);
            }
            if (request.serviceConnectDefaults() != null) {
                c.serviceConnectDefaults(serviceConnect(request.serviceConnectDefaults()));
            }
        });
        return UpdateClusterResponse.builder().cluster(put(call, updated)).build();
    }

    public UpdateClusterSettingsResponse updateSettings(Call call, UpdateClusterSettingsRequest request) {
        var cluster = named(call, request.cluster());
        if (request.settings().isEmpty()) {
            throw Errors.invalidParameter("Settings can not be blank.");
        }
        var settings = ClusterRules.settings(request.settings());

        var updated = cluster.copy(c -> c.settings(merged(cluster.settings(), settings)));
        return UpdateClusterSettingsResponse.builder()
                .cluster(put(call, updated))
                .build();
    }

    public PutClusterCapacityProvidersResponse putCapacityProviders(
            Call call, PutClusterCapacityProvidersRequest request) {
        var cluster = named(call, request.cluster());
        if (!request.hasCapacityProviders()) {
            throw Errors.invalidParameter("capacityProviders can not be blank.");
        }
        if (!request.hasDefaultCapacityProviderStrategy()) {
            throw Errors.invalidParameter("defaultCapacityProviderStrategy can not be blank.");
        }
        var providers = CapacityProviders.checked(call.scope(), request.capacityProviders());
        var strategy = CapacityStrategies.checked(request.defaultCapacityProviderStrategy(), providers);
        if (cluster.capacityProviders().stream()
                .anyMatch(old -> !providers.contains(old) && clusters.uses(call.scope(), cluster, old))) {
            throw Errors.resourceInUse();
        }

        var updated = cluster.copy(c -> c.capacityProviders(providers)
                .defaultCapacityProviderStrategy(strategy)
                .attachmentsStatus(ATTACHED));
        return PutClusterCapacityProvidersResponse.builder()
                .cluster(put(call, updated))
                .build();
    }

    public DeleteClusterResponse delete(Call call, DeleteClusterRequest request) {
        var cluster = named(call, request.cluster());
        var counts = clusters.counts(call.scope(), cluster);
        // Those that are there by themselves are in nobody's way: nobody has made them, so nobody deregisters them.
        if (counts.instances().registered() > 0) {
            throw Errors.clusterContainsContainerInstances();
        }
        if (counts.services().total() > 0) {
            throw Errors.clusterContainsServices();
        }
        if (counts.tasks() > 0) {
            throw Errors.clusterContainsTasks();
        }

        var deleted = clusters.delete(call.scope(), cluster);
        return DeleteClusterResponse.builder()
                .cluster(ClusterViews.whole(deleted, clusters.counts(call.scope(), deleted)))
                .build();
    }

    private Cluster wanted(Call call, String name, CreateClusterRequest request) {
        var insights = accountSettings.effective(call.scope(), call.principal(), CONTAINER_INSIGHTS);
        var standard = List.of(setting(insights));
        var providers = CapacityProviders.checked(call.scope(), request.capacityProviders());
        var connect = request.serviceConnectDefaults();
        return Cluster.builder()
                .clusterArn(call.arn("ecs", "cluster/" + name).toString())
                .clusterName(name)
                .status("ACTIVE")
                .tags(Tags.checked(request.tags()))
                .settings(merged(standard, ClusterRules.settings(request.settings())))
                .configuration(ClusterRules.configuration(request.configuration()))
                .capacityProviders(providers)
                .defaultCapacityProviderStrategy(
                        CapacityStrategies.checked(request.defaultCapacityProviderStrategy(), providers))
                .attachmentsStatus(providers.isEmpty() ? null : ATTACHED)
                .serviceConnectDefaults(connect == null ? null : serviceConnect(connect))
                .build();
    }

    /// The cluster that is there already, if nothing that the request says contradicts it.
    private static Cluster same(Cluster existing, Cluster wanted, CreateClusterRequest request) {
        var same = (!request.hasTags() || existing.tags().equals(wanted.tags()))
                && (!request.hasSettings() || existing.settings().equals(wanted.settings()))
                && (!request.hasCapacityProviders()
                        || existing.capacityProviders().equals(wanted.capacityProviders()))
                && (!request.hasDefaultCapacityProviderStrategy()
                        || existing.defaultCapacityProviderStrategy().equals(wanted.defaultCapacityProviderStrategy()))
                && (wanted.configuration() == null || wanted.configuration().equals(existing.configuration()))
                && (wanted.serviceConnectDefaults() == null
                        || wanted.serviceConnectDefaults().equals(existing.serviceConnectDefaults()));
        if (!same) {
            throw Errors.inconsistentIdempotentRequest();
        }
        return existing;
    }

    private CreateClusterResponse created(Call call, Cluster cluster) {
        return CreateClusterResponse.builder().cluster(view(call, cluster)).build();
    }

    private Cluster put(Call call, Cluster cluster) {
        return view(call, clusters.put(call.scope(), cluster));
    }

    private Cluster view(Call call, Cluster cluster) {
        return ClusterViews.whole(cluster, clusters.counts(call.scope(), cluster));
    }

    private Cluster named(Call call, @Nullable String nameOrArn) {
        return clusters.resolve(call.scope(), Errors.present(nameOrArn, "Cluster"));
    }

    private static List<String> asked(Call call, DescribeClustersRequest request) {
        if (request.clusters().isEmpty()) {
            return List.of(Clusters.name(call.scope(), null));
        }
        return request.clusters().stream()
                .map(name -> Clusters.name(call.scope(), name))
                .distinct()
                .toList();
    }

    private static Failure missing(Call call, String name) {
        return Failure.builder()
                .arn(call.arn("ecs", "cluster/" + name).toString())
                .reason("MISSING")
                .build();
    }

    private static List<ClusterSetting> merged(List<ClusterSetting> settings, List<ClusterSetting> more) {
        var byName = new LinkedHashMap<String, ClusterSetting>();
        settings.forEach(setting -> byName.put(setting.nameAsString(), setting));
        more.forEach(setting -> byName.put(setting.nameAsString(), setting));
        return List.copyOf(byName.values());
    }

    private static ClusterSetting setting(String insights) {
        return ClusterSetting.builder().name(CONTAINER_INSIGHTS).value(insights).build();
    }

    /// An empty name takes the default namespace away.
    private static @Nullable ClusterServiceConnectDefaults serviceConnect(
            ClusterServiceConnectDefaultsRequest defaults) {
        if (defaults.namespace() == null) {
            throw Errors.invalidParameter("Namespace can not be blank.");
        }
        return defaults.namespace().isEmpty()
                ? null
                : ClusterServiceConnectDefaults.builder()
                        .namespace(defaults.namespace())
                        .build();
    }
}

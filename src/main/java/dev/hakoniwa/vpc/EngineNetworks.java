package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Background;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.vpc.Networking.EngineNetwork;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// The engine's networks that carry the VPCs, one each, made when the first task wants it and kept until the VPC goes.
final class EngineNetworks {
    private static final Logger LOG = Logger.getLogger(EngineNetworks.class);
    private static final String VPC_LABEL = "dev.hakoniwa.vpc";

    private final Tables tables;
    private final Inventory inventory;
    private final Ranges ranges;
    private final Background background;
    private final Machine machine;

    /// The look at the engine that is under way for a VPC: who comes meanwhile waits for it and shares its end.
    private final Map<String, CompletableFuture<EngineNetwork>> underWay = new ConcurrentHashMap<>();

    private final Map<String, Boolean> routable = new ConcurrentHashMap<>();

    EngineNetworks(Tables tables, Inventory inventory, Background background, Machine machine) {
        this.tables = tables;
        this.inventory = inventory;
        this.ranges = new Ranges(inventory);
        this.background = background;
        this.machine = machine;
    }

    /// Makes sure that the engine has the VPC's network. It asks the engine each time, as anybody may have removed it.
    EngineNetwork ensure(Scope scope, String vpcId) {
        var mine = new CompletableFuture<EngineNetwork>();
        var others = underWay.putIfAbsent(vpcId, mine);
        if (others != null) {
            return result(others);
        }
        try {
            mine.complete(make(scope, vpcId));
        } catch (RuntimeException | Error failure) {
            mine.completeExceptionally(failure);
        } finally {
            underWay.remove(vpcId);
        }
        return result(mine);
    }

    /// Removes the network of a VPC that is being deleted, once that stands.
    void removeAfterwards(String vpcId) {
        tables.afterwards(() -> background.run("remove network of " + vpcId, () -> remove(vpcId)));
    }

    private void remove(String vpcId) {
        try {
            machine.networks().remove(name(vpcId));
        } catch (EngineException e) {
            LOG.warnf("the network of %s stays behind: %s", vpcId, e.text());
        }
    }

    private EngineNetwork make(Scope scope, String vpcId) {
        var name = name(vpcId);
        var wanted = tables.write(() -> ranges.of(scope, vpcId));
        if (machine.networks().list(machine.labels()).contains(name)) {
            return known(name);
        }
        routable.remove(name);
        if (!create(name, wanted, vpcId)) {
            move(scope, vpcId, wanted);
        }
        if (!tables.write(() -> inventory.vpcs.contains(scope, vpcId))) {
            remove(vpcId);
            throw Errors.vpcNotFound(vpcId);
        }
        return known(name);
    }

    /// Whether a network's containers can be reached doesn't change while it is there: it is found out once.
    private EngineNetwork known(String name) {
        var before = routable.get(name);
        if (before != null) {
            return new EngineNetwork(name, before);
        }
        var now = machine.networks().isRoutable(name);
        if (!now) {
            LOG.infof(
                    "containers of network %s can't be reached at their addresses: load balancers reach them at "
                            + "published ports",
                    name);
        }
        routable.put(name, now);
        return new EngineNetwork(name, now);
    }

    private void move(Scope scope, String vpcId, Cidr wanted) {
        var free = tables.write(() -> ranges.candidates(scope, vpcId)).stream()
                .filter(candidate -> create(name(vpcId), candidate, vpcId))
                .findFirst()
                .orElseThrow(() -> noRange(wanted));
        if (!tables.write(() -> ranges.move(scope, vpcId, wanted, free))) {
            remove(vpcId);
            throw noRange(wanted);
        }
        LOG.infof(
                "%s in %s of account %s is now %s with its subnets moved along: the container engine can't give %s, "
                        + "which overlaps another network of this machine",
                vpcId, scope.region(), scope.account(), free, wanted);
    }

    /// Whether the engine gave the range.
    private boolean create(String name, Cidr cidr, String vpcId) {
        var labels = new TreeMap<>(machine.labels());
        labels.put(VPC_LABEL, vpcId);
        try {
            machine.networks().create(name, cidr.toString(), labels);
            return true;
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.CONFLICT) {
                LOG.debugf("no network %s of %s: %s", name, cidr, e.text());
                return false;
            }
            throw e;
        }
    }

    private static EngineException noRange(Cidr wanted) {
        return new EngineException(
                EngineException.Kind.CONFLICT,
                "%s overlaps another network of this machine, and the VPC can't move to another range"
                        .formatted(wanted));
    }

    private static String name(String vpcId) {
        return "hakoniwa-" + vpcId;
    }

    private static EngineNetwork result(CompletableFuture<EngineNetwork> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}

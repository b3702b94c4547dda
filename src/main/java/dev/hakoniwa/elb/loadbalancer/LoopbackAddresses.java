package dev.hakoniwa.elb.loadbalancer;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.elb.ElbTables;

/// Gives each load balancer a loopback address of its own, which its account, region and name choose, so that one that
/// is made again gets the same. Where two would choose the same, the later one gets the next that is free.
public final class LoopbackAddresses {
    /// The scope in which addresses are kept: accounts and regions share the machine.
    private static final Scope MACHINE = new Scope(new AccountId("000000000000"), new Region("loopback"));

    /// 127.0.x.y is left to others; 127.1.0.1 to 127.254.255.254 is ours, without each net's first and last address.
    private static final int NETS = 254 * 256;

    private static final int HOSTS = 254;

    private LoopbackAddresses() {}

    /// The address of a load balancer that [#take] has chosen.
    public static String of(ElbTables kept, Scope scope, String loadBalancer) {
        return kept.addresses().get(MACHINE, owner(scope, loadBalancer));
    }

    static void take(ElbTables kept, Scope scope, String loadBalancer, String name) {
        var index = Math.floorMod((scope.account() + "/" + scope.region() + "/" + name).hashCode(), NETS * HOSTS);
        while (kept.addresses().contains(MACHINE, address(index))) {
            index = (index + 1) % (NETS * HOSTS);
        }
        kept.addresses().put(MACHINE, address(index), owner(scope, loadBalancer));
        kept.addresses().put(MACHINE, owner(scope, loadBalancer), address(index));
    }

    static void free(ElbTables kept, Scope scope, String loadBalancer) {
        var owner = owner(scope, loadBalancer);
        kept.addresses()
                .remove(MACHINE, owner)
                .ifPresent(address -> kept.addresses().remove(MACHINE, address));
    }

    private static String owner(Scope scope, String loadBalancer) {
        return Kind.LOAD_BALANCER.arn(scope, loadBalancer);
    }

    private static String address(int index) {
        var net = index / HOSTS;
        return "127.%d.%d.%d".formatted(1 + net / 256, net % 256, 1 + index % HOSTS);
    }
}

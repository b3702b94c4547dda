package dev.hakoniwa.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Network.Ipam;
import dev.hakoniwa.runtime.AddressRange;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Networks;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Docker's bridge networks.
final class DockerNetworks implements Networks {
    private static final int NARROWEST = 30;
    private static final Map<String, String> OWN_SOURCE =
            Map.of("com.docker.network.bridge.enable_ip_masquerade", "false");

    private final Daemon daemon;

    DockerNetworks(Daemon daemon) {
        this.daemon = daemon;
    }

    @Override
    public void create(String name, String cidr, Map<String, String> labels) {
        var range = range(cidr);
        if (daemon.isLocal()) {
            HostRoutes.overlapping(range).ifPresent(route -> {
                throw new EngineException(Kind.CONFLICT, "Pool overlaps with this machine's route " + route);
            });
        }
        create(name, new Ipam.Config().withSubnet(range.toString()).withGateway(range.address(1)), labels, Map.of());
    }

    /// The narrowest network in which Docker gives the bridge this address. It takes over no route of the machine,
    /// as it is narrower than any. Where its packets were masqueraded, the machine itself would come from another
    /// address.
    @Override
    public void giveAddress(String name, String address, Map<String, String> labels) {
        var range = range(address + "/" + NARROWEST);
        create(name, new Ipam.Config().withSubnet(range.toString()).withGateway(address), labels, OWN_SOURCE);
    }

    private void create(String name, Ipam.Config addresses, Map<String, String> labels, Map<String, String> options) {
        daemon.ask(client -> client.createNetworkCmd()
                .withName(name)
                .withDriver("bridge")
                .withCheckDuplicate(true)
                .withIpam(new Ipam().withConfig(addresses))
                .withLabels(labels)
                .withOptions(options)
                .exec());
    }

    /// It is if the machine has an address in the network: the bridge's on the daemon's own machine, ours where we are
    /// in a container that has joined it. The daemons of desktops and users hide their networks.
    @Override
    public boolean isRoutable(String name) {
        var ranges =
                daemon
                        .ask(client ->
                                client.inspectNetworkCmd().withNetworkId(name).exec())
                        .getIpam()
                        .getConfig()
                        .stream()
                        .map(config -> range(config.getSubnet()))
                        .toList();
        return daemon.isLocal()
                && ownAddresses().anyMatch(own -> ranges.stream().anyMatch(r -> r.contains(own)));
    }

    private static Stream<String> ownAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress);
        } catch (SocketException e) {
            throw new EngineException(Kind.REFUSED, "this machine's addresses: " + e.getMessage(), e);
        }
    }

    @Override
    public void remove(String name) {
        daemon.ask(client -> {
            try {
                client.removeNetworkCmd(name).exec();
                return true;
            } catch (NotFoundException _) {
                return false;
            }
        });
    }

    @Override
    public List<String> list(Map<String, String> labels) {
        return found(labels).map(Network::getName).toList();
    }

    @Override
    public List<Map<String, String>> labelled(Map<String, String> labels) {
        return found(labels).map(Network::getLabels).toList();
    }

    private Stream<Network> found(Map<String, String> labels) {
        return daemon
                .ask(client -> client.listNetworksCmd()
                        .withFilter("label", LabelFilter.of(labels))
                        .exec())
                .stream();
    }

    private static AddressRange range(String cidr) {
        try {
            return AddressRange.of(cidr);
        } catch (IllegalArgumentException _) {
            throw new EngineException(Kind.REFUSED, "Invalid subnet " + cidr + " : invalid CIDR address: " + cidr);
        }
    }
}

package dev.hakoniwa.runtime;

import java.util.List;
import java.util.Map;

/// Networks of the engine. Every call blocks and may throw [EngineException].
public interface Networks {
    /// Makes a bridge network of this range; its gateway is the range's first address. A range that overlaps
    /// another network or a route of the machine is a CONFLICT.
    ///
    /// @param cidr such as `172.31.0.0/16`
    void create(String name, String cidr, Map<String, String> labels);

    /// Gives the machine an address of its own at which containers of every network reach it through their gateway,
    /// with their own address as the source. It is there as long as the network that carries it, which no container
    /// joins. One that another network has is a CONFLICT.
    ///
    /// @param address a link-local one such as `169.254.170.2`
    void giveAddress(String name, String address, Map<String, String> labels);

    /// Whether this machine reaches the network's containers at their own addresses. If not, it reaches only ports that
    /// they publish, at [Engine#address].
    boolean isRoutable(String name);

    /// Removes the network; removing one that is not there is no error.
    void remove(String name);

    /// The names of the networks that carry all these labels; an empty value stands for any.
    List<String> list(Map<String, String> labels);

    /// All the labels of each network that carries these; an empty value stands for any.
    List<Map<String, String>> labelled(Map<String, String> labels);
}

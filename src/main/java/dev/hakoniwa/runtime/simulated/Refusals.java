package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;

/// What Docker says when it refuses something.
final class Refusals {
    private Refusals() {}

    static EngineException away() {
        return new EngineException(
                Kind.UNAVAILABLE, "Cannot connect to the simulated engine. Is the docker daemon running?");
    }

    static EngineException noSuchContainer(String id) {
        return new EngineException(Kind.NOT_FOUND, "No such container: " + id);
    }

    static EngineException notRunning(String id) {
        return new EngineException(Kind.CONFLICT, "Container " + id + " is not running");
    }

    static EngineException noSuchCommand(String name) {
        return new EngineException(Kind.REFUSED, "exec: \"" + name + "\": executable file not found in $PATH");
    }

    static EngineException noSuchImage(String reference) {
        return new EngineException(Kind.NOT_FOUND, "No such image: " + reference);
    }

    static EngineException noSuchNetwork(String name) {
        return new EngineException(Kind.NOT_FOUND, "network " + name + " not found");
    }

    static EngineException invalidName(String name) {
        return new EngineException(
                Kind.REFUSED, "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }

    static EngineException nameTaken(String name, String owner) {
        return new EngineException(
                Kind.CONFLICT,
                "Conflict. The container name \"/" + name + "\" is already in use by container \"" + owner
                        + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }

    static EngineException tooLittleMemory() {
        return new EngineException(Kind.REFUSED, "Minimum memory limit allowed is 6MB");
    }

    static EngineException ownerNotRunning(String owner) {
        return new EngineException(Kind.CONFLICT, "cannot join network of a non running container: " + owner);
    }

    static EngineException addressTaken() {
        return new EngineException(Kind.CONFLICT, "Address already in use");
    }

    static EngineException addressOutside(String address) {
        return new EngineException(
                Kind.REFUSED, "Invalid address " + address + ": It does not belong to any of this network's subnets");
    }

    static EngineException portTaken(String container, String endpoint, String binding) {
        return new EngineException(
                Kind.CONFLICT,
                "driver failed programming external connectivity on endpoint " + container + " (" + endpoint
                        + "): Bind for " + binding + " failed: port is already allocated");
    }

    static EngineException networkExists(String name) {
        return new EngineException(Kind.CONFLICT, "network with name " + name + " already exists");
    }

    static EngineException rangesOverlap() {
        return new EngineException(Kind.CONFLICT, "Pool overlaps with other one on this address space");
    }

    static EngineException invalidRange(String cidr) {
        return new EngineException(Kind.REFUSED, "Invalid subnet " + cidr + " : invalid CIDR address: " + cidr);
    }

    static EngineException networkInUse(String name, String id) {
        return new EngineException(
                Kind.CONFLICT, "error while removing network: network " + name + " id " + id + " has active endpoints");
    }

    static EngineException groupInUse(String id) {
        return new EngineException(Kind.CONFLICT, "group " + id + " has containers");
    }

    static EngineException noSuchVolume(String name) {
        return new EngineException(Kind.NOT_FOUND, "get " + name + ": no such volume");
    }

    static EngineException volumeInUse(String name, String user) {
        return new EngineException(Kind.CONFLICT, "remove " + name + ": volume is in use - [" + user + "]");
    }
}

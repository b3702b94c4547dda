package dev.hakoniwa.ecs.instance;

import dev.hakoniwa.ecs.placement.Host;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A container instance as placement sees it.
record InstanceHost(ContainerInstance instance, Loads loads) implements Host {
    @Override
    public String id() {
        return instance.key().id();
    }

    /// The agents are parts of the emulator.
    @Override
    public boolean agentConnected() {
        return true;
    }

    @Override
    public String agentVersion() {
        return instance.origin().versionInfo().agentVersion();
    }

    @Override
    public String ec2InstanceId() {
        return instance.ec2InstanceId();
    }

    @Override
    public Instant registeredAt() {
        return instance.origin().registeredAt();
    }

    @Override
    public int runningTasksCount() {
        return loads.of(instance.key()).running();
    }

    @Override
    public Optional<String> attribute(String name) {
        return instance.attribute(name);
    }

    @Override
    public List<String> taskGroups() {
        return loads.groupsOn(instance.key());
    }

    @Override
    public boolean isIn(Set<String> zones) {
        return instance.isEverywhere() || zones.contains(instance.zone());
    }

    @Override
    public long freeCpu() {
        return instance.capacity().cpu() - loads.of(instance.key()).cpu();
    }

    @Override
    public long freeMemory() {
        return instance.capacity().memory() - loads.of(instance.key()).memory();
    }

    @Override
    public int freeGpus() {
        return instance.capacity().gpus().size() - loads.gpusOn(instance.key()).size();
    }

    /// What the machine plays by itself stands for as many instances as tasks want.
    @Override
    public int freeInterfaces() {
        return instance.origin().taskInterfaces() - loads.of(instance.key()).interfaces();
    }

    @Override
    public boolean isFree(String port) {
        return !instance.capacity().keeps(port) && !loads.isTaken(port);
    }

    @Override
    public int tasksOf(String group) {
        return loads.tasksOf(instance.key(), group);
    }
}

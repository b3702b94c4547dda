package dev.hakoniwa.app;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.Engine;
import dev.hakoniwa.runtime.EngineEvent;
import dev.hakoniwa.runtime.EngineStatus;
import dev.hakoniwa.runtime.Groups;
import dev.hakoniwa.runtime.Images;
import dev.hakoniwa.runtime.Networks;
import dev.hakoniwa.runtime.Volumes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// An engine that says of itself that its containers can't be reached at their addresses, as desktops' do.
record UnroutableEngine(Engine engine) implements Engine {
    @Override
    public Networks networks() {
        return new UnroutableNetworks(engine.networks());
    }

    @Override
    public Containers containers() {
        return engine.containers();
    }

    @Override
    public Images images() {
        return engine.images();
    }

    @Override
    public Volumes volumes() {
        return engine.volumes();
    }

    @Override
    public Groups groups() {
        return engine.groups();
    }

    @Override
    public String address() {
        return engine.address();
    }

    @Override
    public Optional<ContainerId> home() {
        return engine.home();
    }

    @Override
    public EngineStatus status() {
        return engine.status();
    }

    @Override
    public void listen(Consumer<EngineEvent> listener) {
        engine.listen(listener);
    }

    @Override
    public void close() {
        engine.close();
    }

    private record UnroutableNetworks(Networks networks) implements Networks {
        @Override
        public boolean isRoutable(String name) {
            return false;
        }

        @Override
        public void create(String name, String cidr, Map<String, String> labels) {
            networks.create(name, cidr, labels);
        }

        @Override
        public void giveAddress(String name, String address, Map<String, String> labels) {
            networks.giveAddress(name, address, labels);
        }

        @Override
        public void remove(String name) {
            networks.remove(name);
        }

        @Override
        public List<String> list(Map<String, String> labels) {
            return networks.list(labels);
        }

        @Override
        public List<Map<String, String>> labelled(Map<String, String> labels) {
            return networks.labelled(labels);
        }
    }
}

package dev.hakoniwa.docker;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.hakoniwa.runtime.Volumes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Docker's named volumes.
final class DockerVolumes implements Volumes {
    private final Daemon daemon;

    DockerVolumes(Daemon daemon) {
        this.daemon = daemon;
    }

    @Override
    public void create(String name, String driver, Map<String, String> options, Map<String, String> labels) {
        if (exists(name)) {
            return;
        }
        daemon.ask(client -> client.createVolumeCmd()
                .withName(name)
                .withDriver(driver.isEmpty() ? "local" : driver)
                .withDriverOpts(options)
                .withLabels(labels)
                .exec());
    }

    @Override
    public boolean exists(String name) {
        return daemon.ask(client -> {
            try {
                client.inspectVolumeCmd(name).exec();
                return true;
            } catch (NotFoundException _) {
                return false;
            }
        });
    }

    @Override
    public void remove(String name) {
        daemon.ask(client -> {
            try {
                client.removeVolumeCmd(name).exec();
                return true;
            } catch (NotFoundException _) {
                return false;
            }
        });
    }

    @Override
    public List<String> list(Map<String, String> labels) {
        return found(labels).map(InspectVolumeResponse::getName).toList();
    }

    @Override
    public List<Map<String, String>> labelled(Map<String, String> labels) {
        return found(labels).map(InspectVolumeResponse::getLabels).toList();
    }

    private Stream<InspectVolumeResponse> found(Map<String, String> labels) {
        var found = daemon.ask(client -> client.listVolumesCmd()
                .withFilter("label", LabelFilter.of(labels))
                .exec());
        return Optional.ofNullable(found.getVolumes()).orElse(List.of()).stream();
    }
}

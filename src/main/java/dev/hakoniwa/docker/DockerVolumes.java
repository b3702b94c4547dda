package dev.hakoniwa.docker;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import dev.hakoniwa.runtime.Volumes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Docker's named volumes.
final class DockerVolumes implements Volumes {
    private static final String MOUNTED = "/volume";

    private final Daemon daemon;
    private final DockerImages images;

    DockerVolumes(Daemon daemon, DockerImages images) {
        this.daemon = daemon;
        this.images = images;
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
    public String path(String name) {
        return inspect(name).getMountpoint();
    }

    /// Docker lets files into containers only: one that mounts the volume, and never starts, takes it in.
    @Override
    public void write(String name, String file, String content) {
        var labels = inspect(name).getLabels();
        var image = images.pause();
        var archive = ImageArchive.tar(Map.of(file, content.getBytes(StandardCharsets.UTF_8)));
        var container = daemon.ask(client -> client.createContainerCmd("image")
                .withImage(image)
                .withLabels(labels == null ? Map.of() : labels)
                .withHostConfig(HostConfig.newHostConfig().withBinds(new Bind(name, new Volume(MOUNTED))))
                .exec()
                .getId());
        try {
            daemon.ask(client -> client.copyArchiveToContainerCmd(container)
                    .withRemotePath(MOUNTED)
                    .withTarInputStream(new ByteArrayInputStream(archive))
                    .exec());
        } finally {
            daemon.ask(client ->
                    client.removeContainerCmd(container).withForce(true).exec());
        }
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

    private InspectVolumeResponse inspect(String name) {
        return daemon.ask(client -> client.inspectVolumeCmd(name).exec());
    }

    private Stream<InspectVolumeResponse> found(Map<String, String> labels) {
        var found = daemon.ask(client -> client.listVolumesCmd()
                .withFilter("label", LabelFilter.of(labels))
                .exec());
        return Optional.ofNullable(found.getVolumes()).orElse(List.of()).stream();
    }
}

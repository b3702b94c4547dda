package dev.hakoniwa.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.exception.InvalidRepositoryNameException;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Images;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Docker's images.
final class DockerImages implements Images {
    private static final String SHARED_LABEL = "dev.hakoniwa.image";

    private final Daemon daemon;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable ImageArchive pauseImage;

    DockerImages(Daemon daemon) {
        this.daemon = daemon;
    }

    @Override
    public Image pull(String reference, @Nullable Login login, Consumer<String> progress) {
        var parsed = ImageReference.of(reference);
        var told = new PullProgress(progress);
        try {
            readPull(parsed, auth(reference, login), told);
        } catch (EngineException e) {
            throw Failures.ofRegistry(e);
        }
        var image =
                find(reference).orElseThrow(() -> new EngineException(Kind.NOT_FOUND, "No such image: " + reference));
        return told.digest().isEmpty() ? image : new Image(image.id(), told.digest());
    }

    @Override
    public Optional<Image> find(String reference) {
        return daemon.ask(client -> {
            try {
                var found = client.inspectImageCmd(reference).exec();
                var id = Objects.requireNonNull(found.getId(), "an image without id");
                return Optional.of(new Image(id, digest(found, ImageReference.of(reference))));
            } catch (NotFoundException _) {
                return Optional.empty();
            }
        });
    }

    /// The image stays in the engine when the emulator ends, as pulled ones do: another emulator may be using it.
    @Override
    public String pause() {
        loading.lock();
        try {
            var wanted = pauseImage == null ? pauseImage() : pauseImage;
            pauseImage = wanted;
            return find(wanted.reference())
                    .or(() -> {
                        load(wanted);
                        return find(wanted.reference());
                    })
                    .map(Image::id)
                    .orElseThrow(() -> new EngineException(Kind.REFUSED, "the engine did not keep the pause image"));
        } finally {
            loading.unlock();
        }
    }

    /// Gives the engine an image.
    void load(ImageArchive archive) {
        var request = Request.builder()
                .method(Request.Method.POST)
                .path("/images/load?quiet=1")
                .putHeader("Content-Type", "application/x-tar")
                .bodyBytes(archive.tar());
        read(request, _ -> {});
    }

    private void readPull(ImageReference reference, @Nullable AuthConfig auth, PullProgress progress) {
        var query = Daemon.query(Map.of("fromImage", reference.name(), "tag", reference.version()));
        var request = Request.builder().method(Request.Method.POST).path("/images/create" + query);
        if (auth != null) {
            request.putHeader("X-Registry-Auth", encode(auth));
        }
        read(request, progress::hear);
    }

    private void read(Request.Builder request, Consumer<JsonNode> listener) {
        try (var response = daemon.send(request)) {
            JsonLines.read(response, message -> {
                var error = message.path("error").asText();
                if (!error.isEmpty()) {
                    throw new EngineException(Kind.REFUSED, error);
                }
                listener.accept(message);
            });
        } catch (IOException e) {
            throw daemon.failure(e);
        }
    }

    /// The login that is handed in, else what `docker login` has left in this user's Docker configuration.
    private @Nullable AuthConfig auth(String reference, @Nullable Login login) {
        if (login != null) {
            return new AuthConfig().withUsername(login.username()).withPassword(login.password());
        }
        try {
            return daemon.config().effectiveAuthConfig(reference);
        } catch (InvalidRepositoryNameException _) {
            return null; // the daemon says better what is wrong with it
        }
    }

    private static String encode(AuthConfig auth) {
        try {
            var json = DockerClientConfig.getDefaultObjectMapper().writeValueAsBytes(auth);
            return Base64.getUrlEncoder().encodeToString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The digest under this reference's repository, if the engine knows one; else any.
    private static String digest(InspectImageResponse image, ImageReference reference) {
        var known = Optional.ofNullable(image.getRepoDigests()).orElse(List.of()).stream()
                .map(ImageReference::of)
                .toList();
        return known.stream()
                .filter(digest -> reference.isSameRepository(digest.name()))
                .filter(digest -> !reference.version().startsWith("sha256:") || digest.equals(reference))
                .findFirst()
                .or(() -> known.stream().findFirst())
                .map(ImageReference::version)
                .orElse("");
    }

    private ImageArchive pauseImage() {
        var architecture =
                String.valueOf(daemon.ask(client -> client.versionCmd().exec()).getArch());
        var program = PauseProgram.of(architecture)
                .orElseThrow(() ->
                        new EngineException(Kind.REFUSED, "there is no pause image for an engine on " + architecture));
        var config = JsonNodeFactory.instance.objectNode();
        config.putArray("Entrypoint").add("/pause");
        config.putObject("Labels").put(SHARED_LABEL, "pause");
        var layer = ImageArchive.tar(Map.of("pause", program.file()));
        return new ImageArchive("hakoniwa/pause:#", program.architecture(), config, layer);
    }
}

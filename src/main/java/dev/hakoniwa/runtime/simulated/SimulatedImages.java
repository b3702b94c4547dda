package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.Images;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Images in memory, and the registries they come from. What an image is depends on its reference alone, unless a test
/// publishes another under it.
public final class SimulatedImages implements Images {
    private static final String PAUSE = sha256("pause");

    private final Host host;
    private final Map<String, Image> pulled = new TreeMap<>();
    private final Map<String, String> published = new HashMap<>();
    private final Map<String, Deque<EngineException>> failures = new HashMap<>();

    public SimulatedImages(Host host) {
        this.host = host;
    }

    @Override
    public Image pull(String reference, @Nullable Login login, Consumer<String> progress) {
        return host.call(() -> {
            var full = full(reference);
            var planned = failures.getOrDefault(full, new ArrayDeque<>()).poll();
            if (planned != null) {
                throw planned;
            }
            host.behaviour().refusePull(reference, login).ifPresent(refusal -> {
                throw refusal;
            });
            var image = add(full);
            host.callBack(() -> progress.accept("Digest: " + image.digest()));
            host.callBack(() -> progress.accept("Status: Downloaded newer image for " + full));
            return image;
        });
    }

    @Override
    public Optional<Image> find(String reference) {
        return host.call(() -> known(reference));
    }

    @Override
    public String pause() {
        return host.call(() -> PAUSE);
    }

    /// Makes the next pull of this image fail; asked for twice, the next two do.
    public void failNextPull(String reference, EngineException failure) {
        host.happen(() -> failures.computeIfAbsent(full(reference), _ -> new ArrayDeque<>())
                .add(failure));
    }

    /// Puts another image under the reference in its registry; the engine has it when it pulls again.
    public void publish(String reference, String digest) {
        host.happen(() -> published.put(full(reference), digest));
    }

    /// Gives the engine an image without a pull.
    public void put(String reference) {
        host.happen(() -> add(full(reference)));
    }

    /// Takes an image from the engine.
    public void forget(String reference) {
        host.happen(() -> pulled.remove(full(reference)));
    }

    Image mustHave(String reference) {
        return known(reference).orElseThrow(() -> Refusals.noSuchImage(full(reference)));
    }

    private Optional<Image> known(String reference) {
        if (reference.equals(PAUSE)) {
            return Optional.of(new Image(PAUSE, ""));
        }
        var byReference = Optional.ofNullable(pulled.get(full(reference)));
        return byReference
                .or(() -> byDigest(reference))
                .or(() -> pulled.values().stream()
                        .filter(image -> image.id().equals(reference))
                        .findFirst());
    }

    /// As Docker does, it knows an image that it has pulled by tag by its digest, too.
    private Optional<Image> byDigest(String reference) {
        var at = reference.indexOf("@sha256:");
        return pulled.entrySet().stream()
                .filter(entry -> at > 0 && entry.getKey().startsWith(reference.substring(0, at) + ":"))
                .map(Map.Entry::getValue)
                .filter(image -> image.digest().equals(reference.substring(at + 1)))
                .findFirst();
    }

    private Image add(String full) {
        var at = full.indexOf("@sha256:");
        var digest = at >= 0 ? full.substring(at + 1) : published.getOrDefault(full, sha256("manifest " + full));
        var image = new Image(sha256("image " + digest), digest);
        pulled.put(full, image);
        return image;
    }

    private static String full(String reference) {
        var name = reference.substring(reference.lastIndexOf('/') + 1);
        return name.contains(":") || name.contains("@") ? reference : reference + ":latest";
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

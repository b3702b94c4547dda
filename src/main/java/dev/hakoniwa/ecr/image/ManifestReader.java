package dev.hakoniwa.ecr.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.blobs.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads manifests, and refuses what a client couldn't pull again.
public final class ManifestReader {
    private static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final Set<String> IMAGES = Set.of(DOCKER_MANIFEST, OCI_MANIFEST);
    private static final Set<String> INDEXES = Set.of(DOCKER_LIST, Manifest.OCI_INDEX);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// No layer is larger, so that sizes can be summed up.
    private static final long LARGEST = 1L << 46;

    private final String text;
    private final JsonNode root;

    private ManifestReader(String text, JsonNode root) {
        this.text = text;
        this.root = root;
    }

    /// Reads a manifest.
    ///
    /// @param sentType the media type it was sent with; null if none was
    public static Manifest read(String text, @Nullable String sentType) {
        return new ManifestReader(text, parse(text)).manifest(sentType);
    }

    private static JsonNode parse(String text) {
        try {
            var root = JSON.readTree(text);
            if (root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException _) {
            throw Errors.invalidParameter("ImageManifest", "Invalid JSON syntax");
        }
        throw Errors.invalidParameter("ImageManifest", "Invalid JSON syntax");
    }

    private Manifest manifest(@Nullable String sentType) {
        var mediaType = mediaType(sentType);
        if (root.path("schemaVersion").asInt() != 2) {
            throw invalid("manifest must have schema version 2");
        }
        return IMAGES.contains(mediaType) ? image(mediaType) : index(mediaType);
    }

    private String mediaType(@Nullable String sentType) {
        var own = string(root, "mediaType").orElse(null);
        if (own == null && sentType == null) {
            throw Errors.invalidParameter("ImageManifestMediaType", "must not be null");
        }
        if (own != null && sentType != null && !own.equals(sentType)) {
            throw invalid("media type in manifest '%s' does not match media type '%s'".formatted(own, sentType));
        }
        var mediaType = own == null ? String.valueOf(sentType) : own;
        if (!IMAGES.contains(mediaType) && !INDEXES.contains(mediaType)) {
            throw invalid("unsupported manifest media type '" + mediaType + "'");
        }
        return mediaType;
    }

    private Manifest image(String mediaType) {
        if (root.has("manifests")) {
            throw invalid("an image manifest has no manifests");
        }
        var config = descriptor(root.path("config"), "config");
        var layers = descriptors("layers");
        var blobs = new LinkedHashMap<Digest, Manifest.Blob>();
        blobs.put(config.digest(), new Manifest.Blob(config.digest(), config.mediaType()));
        layers.stream()
                .filter(layer -> !layer.isForeign())
                .forEach(layer ->
                        blobs.putIfAbsent(layer.digest(), new Manifest.Blob(layer.digest(), layer.mediaType())));
        var size = layers.stream().mapToLong(Descriptor::size).sum();
        return new Manifest(
                text,
                mediaType,
                digest(),
                config.mediaType(),
                string(root, "artifactType").orElse(null),
                List.copyOf(blobs.values()),
                size,
                List.of(),
                subject(),
                annotations());
    }

    private Manifest index(String mediaType) {
        if (root.has("layers") || root.has("config")) {
            throw invalid("an image index has no layers");
        }
        var children = descriptors("manifests").stream().map(Descriptor::digest).distinct();
        return new Manifest(
                text,
                mediaType,
                digest(),
                null,
                string(root, "artifactType").orElse(null),
                List.of(),
                0,
                children.toList(),
                subject(),
                annotations());
    }

    private Digest digest() {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable Digest subject() {
        return root.has("subject") ? descriptor(root.path("subject"), "subject").digest() : null;
    }

    private Map<String, String> annotations() {
        var annotations = new LinkedHashMap<String, String>();
        for (var annotation : root.path("annotations").properties()) {
            annotations.put(annotation.getKey(), annotation.getValue().asText());
        }
        return annotations;
    }

    private record Descriptor(String mediaType, Digest digest, long size, boolean isForeign) {}

    private List<Descriptor> descriptors(String member) {
        var list = root.path(member);
        if (!list.isArray()) {
            throw invalid("manifest has no " + member);
        }
        var descriptors = new ArrayList<Descriptor>();
        for (var i = 0; i < list.size(); i++) {
            descriptors.add(descriptor(list.path(i), member + "[" + i + "]"));
        }
        return descriptors;
    }

    private static Descriptor descriptor(JsonNode node, String where) {
        var digest = string(node, "digest").flatMap(Digest::parse);
        if (digest.isEmpty()) {
            throw invalid(where + " has no valid digest");
        }
        var size = node.path("size");
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.asLong() < 0 || size.asLong() > LARGEST) {
            throw invalid(where + " has no valid size");
        }
        var mediaType = string(node, "mediaType").orElseThrow(() -> invalid(where + " has no media type"));
        return new Descriptor(
                mediaType, digest.get(), size.asLong(), !node.path("urls").isEmpty());
    }

    private static Optional<String> string(JsonNode node, String member) {
        var value = node.path(member);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    private static AwsError invalid(String reason) {
        return Errors.invalidParameter("ImageManifest", reason);
    }
}

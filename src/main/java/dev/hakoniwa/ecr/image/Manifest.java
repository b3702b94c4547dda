package dev.hakoniwa.ecr.image;

import dev.hakoniwa.ecr.blobs.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An image's manifest, or an index of manifests: its exact text and what is read out of it.
///
/// @param mediaType as it was pushed
/// @param config the media type of the image's configuration; null for an index
/// @param artifactType what the manifest says it is; null where it says nothing
/// @param blobs the configuration and the layers that the registry must hold; none for an index
/// @param size of the layers together, as they were pushed
/// @param children the manifests of an index
/// @param subject what the manifest is attached to
public record Manifest(
        String text,
        String mediaType,
        Digest digest,
        @Nullable String config,
        @Nullable String artifactType,
        List<Blob> blobs,
        long size,
        List<Digest> children,
        @Nullable Digest subject,
        Map<String, String> annotations) {

    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

    public Manifest {
        blobs = List.copyOf(blobs);
        children = List.copyOf(children);
        annotations = Map.copyOf(annotations);
    }

    /// Content that a manifest refers to.
    public record Blob(Digest digest, String mediaType) {}

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// What kind of thing this is among those attached to a subject.
    public Optional<String> kind() {
        return Optional.ofNullable(artifactType == null ? config : artifactType);
    }
}

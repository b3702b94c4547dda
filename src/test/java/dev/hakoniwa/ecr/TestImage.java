package dev.hakoniwa.ecr;

import dev.hakoniwa.ecr.blobs.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.Image;

/// A small image: its configuration, its one layer, and the manifest over them.
public record TestImage(String config, String layer) {
    public static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /// An image unlike all with other names.
    public static TestImage of(String name) {
        return new TestImage("{\"name\":\"%s\"}".formatted(name), "layer of " + name);
    }

    public static Digest digest(String content) {
        return Digest.of(content.getBytes(StandardCharsets.UTF_8));
    }

    public Digest digest() {
        return digest(manifest());
    }

    public String manifest() {
        return """
                {
                  "schemaVersion": 2,
                  "mediaType": "%s",
                  "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": %d, "digest": "%s"},
                  "layers": [
                    {"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": %d, "digest": "%s"}
                  ]
                }""".formatted(DOCKER, config.length(), digest(config), layer.length(), digest(layer));
    }

    /// An artifact that is attached to `subject`.
    public String attachedTo(Digest subject, String artifactType) {
        return """
                {
                  "schemaVersion": 2,
                  "mediaType": "application/vnd.oci.image.manifest.v1+json",
                  "artifactType": "%s",
                  "config": {"mediaType": "application/vnd.oci.empty.v1+json", "size": %d, "digest": "%s"},
                  "layers": [{"mediaType": "text/plain", "size": %d, "digest": "%s"}],
                  "subject": {"mediaType": "%s", "size": 1, "digest": "%s"},
                  "annotations": {"made.by": "a test"}
                }""".formatted(
                        artifactType, config.length(), digest(config), layer.length(), digest(layer), DOCKER, subject);
    }

    /// An index of these images.
    public static String index(List<TestImage> images) {
        var children = images.stream()
                .map(image -> "{\"mediaType\": \"%s\", \"size\": %d, \"digest\": \"%s\"}"
                        .formatted(DOCKER, image.manifest().length(), image.digest()))
                .collect(Collectors.joining(", "));
        return """
                {"schemaVersion": 2, "mediaType": "%s", "manifests": [%s]}""".formatted(INDEX, children);
    }

    /// Uploads the contents by way of the API, without the manifest.
    public void upload(EcrClient client, String repository) {
        upload(client, repository, config);
        upload(client, repository, layer);
    }

    /// Uploads it all.
    public Image push(EcrClient client, String repository, String tag) {
        upload(client, repository);
        return client.putImage(r ->
                        r.repositoryName(repository).imageManifest(manifest()).imageTag(tag))
                .image();
    }

    public static void upload(EcrClient client, String repository, String content) {
        var digest = digest(content).toString();
        var id = beginUpload(client, repository, content);
        client.completeLayerUpload(
                r -> r.repositoryName(repository).uploadId(id).layerDigests(digest));
    }

    /// Uploads the content without saying that it is whole.
    static String beginUpload(EcrClient client, String repository, String content) {
        var id = client.initiateLayerUpload(r -> r.repositoryName(repository)).uploadId();
        client.uploadLayerPart(r -> r.repositoryName(repository)
                .uploadId(id)
                .partFirstByte(0L)
                .partLastByte(content.length() - 1L)
                .layerPartBlob(SdkBytes.fromUtf8String(content)));
        return id;
    }
}

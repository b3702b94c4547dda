package dev.hakoniwa.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// An image of one layer as `docker save` would write it, made in memory. The same content gives the same bytes.
final class ImageArchive {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EXECUTABLE = 0_755;

    private final byte[] layer;
    private final byte[] configuration;
    private final String reference;

    /// An image for one architecture.
    ///
    /// @param reference the name and tag that it gets; `#` in it stands for the first digits of its id
    /// @param config what containers get from the image, in Docker's words (`Cmd`, `Env`, ...)
    /// @param layer a tar of the image's files
    ImageArchive(String reference, String architecture, ObjectNode config, byte[] layer) {
        this.layer = layer;
        this.configuration = configuration(architecture, config, layer).getBytes(StandardCharsets.UTF_8);
        this.reference = reference.replace("#", sha256(configuration).substring(0, 12));
    }

    String reference() {
        return reference;
    }

    byte[] layer() {
        return layer;
    }

    byte[] configuration() {
        return configuration;
    }

    /// What `docker load` takes.
    byte[] tar() {
        var id = sha256(configuration);
        var manifest = JSON.createArrayNode();
        var image = manifest.addObject().put("Config", id + ".json");
        image.putArray("RepoTags").add(reference);
        image.putArray("Layers").add("layer.tar");
        return tar(Map.of(
                id + ".json",
                configuration,
                "layer.tar",
                layer,
                "manifest.json",
                manifest.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /// A tar of executable files, by their paths.
    static byte[] tar(Map<String, byte[]> files) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (var file : new TreeMap<>(files).entrySet()) {
                var entry = new TarArchiveEntry(file.getKey());
                entry.setMode(EXECUTABLE);
                entry.setModTime(0L);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String configuration(String architecture, ObjectNode config, byte[] layer) {
        var image = JSON.createObjectNode();
        image.put("architecture", architecture).put("os", "linux").put("created", "1970-01-01T00:00:00Z");
        image.set("config", config);
        image.putObject("rootfs").put("type", "layers").putArray("diff_ids").add("sha256:" + sha256(layer));
        image.putArray("history")
                .addObject()
                .put("created", "1970-01-01T00:00:00Z")
                .put("created_by", "hakoniwa");
        return image.toString();
    }
}

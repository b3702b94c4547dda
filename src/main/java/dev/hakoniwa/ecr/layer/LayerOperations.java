package dev.hakoniwa.ecr.layer;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecr.Constraints;
import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.ecr.blobs.Upload;
import dev.hakoniwa.ecr.repository.Repositories;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerRequest;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerResponse;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.Layer;
import software.amazon.awssdk.services.ecr.model.LayerAvailability;
import software.amazon.awssdk.services.ecr.model.LayerFailure;
import software.amazon.awssdk.services.ecr.model.LayerFailureCode;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartResponse;

/// Takes layers in and gives them out by way of the API, as a client does that doesn't speak to the registry.
public final class LayerOperations {
    private static final long PART_SIZE = 20 * 1024 * 1024;
    private static final long SMALLEST_PART = 5 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern DIGEST = Pattern.compile("[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+");
    private static final Pattern UPLOAD_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Tables tables;
    private final Repositories repositories;
    private final Layers layers;
    private final LayerUploads uploads;
    private final DownloadAddresses downloads;

    public LayerOperations(
            Tables tables,
            Repositories repositories,
            Layers layers,
            LayerUploads uploads,
            DownloadAddresses downloads) {
        this.tables = tables;
        this.repositories = repositories;
        this.layers = layers;
        this.uploads = uploads;
        this.downloads = downloads;
    }

    public BatchCheckLayerAvailabilityResponse check(Call call, BatchCheckLayerAvailabilityRequest request) {
        var sent = Constraints.present(request.hasLayerDigests() ? request.layerDigests() : null, "layerDigests");
        var key = repositories.named(call, request.registryId(), request.repositoryName());

        var found = new ArrayList<Layer>();
        var failures = new ArrayList<LayerFailure>();
        for (var text : Constraints.size(sent, "layerDigests", 1, 100)) {
            if (text.isEmpty()) {
                failures.add(failure(text, LayerFailureCode.MISSING_LAYER_DIGEST, "layer digest cannot be null"));
            } else if (!DIGEST.matcher(text).matches()) {
                failures.add(failure(
                        text,
                        LayerFailureCode.INVALID_LAYER_DIGEST,
                        "layer digest should satisfy the regex '" + DIGEST + "'"));
            } else {
                found.add(layer(key, text));
            }
        }
        return BatchCheckLayerAvailabilityResponse.builder()
                .layers(found)
                .failures(failures)
                .build();
    }

    private Layer layer(RepositoryKey key, String text) {
        return Digest.parse(text)
                .flatMap(digest -> layers.offer(key, digest))
                .map(layer -> Layer.builder()
                        .layerDigest(text)
                        .layerAvailability(LayerAvailability.AVAILABLE)
                        .layerSize(layer.size())
                        .mediaType(layer.mediaType())
                        .build())
                .orElseGet(() -> Layer.builder()
                        .layerDigest(text)
                        .layerAvailability(LayerAvailability.UNAVAILABLE)
                        .build());
    }

    private static LayerFailure failure(String digest, LayerFailureCode code, String reason) {
        return LayerFailure.builder()
                .layerDigest(digest)
                .failureCode(code)
                .failureReason("Invalid request parameters: " + reason)
                .build();
    }

    public InitiateLayerUploadResponse initiate(Call call, InitiateLayerUploadRequest request) {
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        return InitiateLayerUploadResponse.builder()
                .uploadId(uploads.begin(key).id())
                .partSize(PART_SIZE)
                .build();
    }

    /// Writes a file, so not in a step.
    public UploadLayerPartResponse upload(Call call, UploadLayerPartRequest request) {
        var first = Constraints.present(request.partFirstByte(), "partFirstByte");
        var last = Constraints.present(request.partLastByte(), "partLastByte");
        var part = Constraints.present(request.layerPartBlob(), "layerPartBlob").asByteBuffer();
        if (part.remaining() > PART_SIZE) {
            throw Errors.invalidParameter("layerPartBlob", "must have length less than or equal to " + PART_SIZE);
        }
        var key = tables.write(() -> repositories.named(call, request.registryId(), request.repositoryName()));
        var upload = take(key, request.uploadId());
        try {
            if (first != upload.received() || last - first + 1 != part.remaining() || !part.hasRemaining()) {
                throw Errors.invalidLayerPart(key, upload.id(), upload.received());
            }
            upload.append(part);
            upload.endPart();
            return UploadLayerPartResponse.builder()
                    .registryId(key.registryId())
                    .repositoryName(key.name())
                    .uploadId(upload.id())
                    .lastByteReceived(upload.received() - 1)
                    .build();
        } catch (IOException e) {
            throw Errors.storageFailed(e);
        } finally {
            upload.release();
        }
    }

    /// Moves a file, so not in a step.
    public CompleteLayerUploadResponse complete(Call call, CompleteLayerUploadRequest request) {
        var sent = Constraints.present(request.hasLayerDigests() ? request.layerDigests() : null, "layerDigests");
        var text = Constraints.size(sent, "layerDigests", 1, 1).getFirst();
        Constraints.matches(text, "layerDigests", DIGEST);
        var key = tables.write(() -> repositories.named(call, request.registryId(), request.repositoryName()));
        var upload = take(key, request.uploadId());
        try {
            complete(key, upload, text);
            return CompleteLayerUploadResponse.builder()
                    .registryId(key.registryId())
                    .repositoryName(key.name())
                    .uploadId(upload.id())
                    .layerDigest(text)
                    .build();
        } catch (IOException e) {
            throw Errors.storageFailed(e);
        } finally {
            upload.release();
        }
    }

    private void complete(RepositoryKey key, Upload upload, String text) throws IOException {
        if (upload.received() == 0) {
            throw Errors.emptyUpload();
        }
        if (upload.hasInnerPartBelow(SMALLEST_PART)) {
            throw Errors.layerPartTooSmall();
        }
        var digest = upload.digest();
        if (!digest.toString().equals(text)) {
            throw Errors.invalidLayer();
        }
        if (tables.write(() -> layers.find(key, digest)).isPresent()) {
            uploads.cancel(upload);
            throw Errors.layerAlreadyExists(key, digest);
        }
        uploads.complete(key, upload, digest);
    }

    private Upload take(RepositoryKey key, @Nullable String sent) {
        var id = Constraints.present(sent, "uploadId");
        Constraints.matches(id, "uploadId", UPLOAD_ID);
        return uploads.find(key, id)
                .filter(upload -> upload.take(PATIENCE))
                .orElseThrow(() -> Errors.uploadNotFound(key, id));
    }

    public GetDownloadUrlForLayerResponse downloadUrl(Call call, GetDownloadUrlForLayerRequest request) {
        var text = Constraints.present(request.layerDigest(), "layerDigest");
        Constraints.matches(text, "layerDigest", DIGEST);
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        var layer = Digest.parse(text)
                .flatMap(digest -> layers.find(key, digest))
                .orElseThrow(() -> Errors.layerNotFound(key, text));
        if (!layer.isUsed()) {
            throw Errors.layerInaccessible(key, layer.digest());
        }
        return GetDownloadUrlForLayerResponse.builder()
                .downloadUrl(downloads.sign(key, layer.digest()))
                .layerDigest(text)
                .build();
    }
}

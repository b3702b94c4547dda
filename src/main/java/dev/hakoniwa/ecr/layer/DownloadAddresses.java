package dev.hakoniwa.ecr.layer;

import dev.hakoniwa.ecr.RegistryAddress;
import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.Tokens;
import dev.hakoniwa.ecr.blobs.Digest;

/// Addresses at which a layer can be had for an hour without a password.
public final class DownloadAddresses {
    private final RegistryAddress address;
    private final Tokens tokens;

    public DownloadAddresses(RegistryAddress address, Tokens tokens) {
        this.address = address;
        this.tokens = tokens;
    }

    String sign(RepositoryKey repository, Digest digest) {
        var path = "/v2/%s/%s/blobs/%s".formatted(address.prefix(repository.scope()), repository.name(), digest);
        var expiresAt = tokens.downloadExpiry();
        return "%s%s?Expires=%d&Signature=%s"
                .formatted(address.endpoint(), path, expiresAt.getEpochSecond(), tokens.signature(path, expiresAt));
    }
}

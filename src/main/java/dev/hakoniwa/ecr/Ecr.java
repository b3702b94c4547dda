package dev.hakoniwa.ecr;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecr.blobs.BlobStore;
import dev.hakoniwa.ecr.blobs.Uploads;
import dev.hakoniwa.ecr.image.ImageListings;
import dev.hakoniwa.ecr.image.ImageOperations;
import dev.hakoniwa.ecr.image.Images;
import dev.hakoniwa.ecr.layer.DownloadAddresses;
import dev.hakoniwa.ecr.layer.LayerOperations;
import dev.hakoniwa.ecr.layer.LayerUploads;
import dev.hakoniwa.ecr.layer.Layers;
import dev.hakoniwa.ecr.lifecycle.LifecyclePolicies;
import dev.hakoniwa.ecr.lifecycle.LifecyclePreviews;
import dev.hakoniwa.ecr.repository.Contents;
import dev.hakoniwa.ecr.repository.Repositories;
import dev.hakoniwa.ecr.repository.RepositoryOperations;
import dev.hakoniwa.ecr.repository.RepositoryPolicies;
import dev.hakoniwa.ecr.repository.RepositoryTags;
import java.io.IOException;

/// Our ECR, put together: what its API, its registry and other services ask of it.
public final class Ecr {
    private final Foundation foundation;
    private final RegistryAddress address;
    private final BlobStore store;
    private final Tokens tokens;
    private final Repositories repositories;
    private final Layers layers;
    private final Images images;
    private final LayerUploads uploads;
    private final RepositoryTags repositoryTags;
    private final RepositoryPolicies repositoryPolicies;
    private final LifecyclePolicies lifecyclePolicies;
    private final LifecyclePreviews lifecyclePreviews;

    /// @param address where the registry is reached
    /// @param store where layers are kept
    public Ecr(Foundation foundation, RegistryAddress address, BlobStore store) {
        this.foundation = foundation;
        this.address = address;
        this.store = store;
        var tables = foundation.tables();
        tokens = new Tokens(foundation.clock());
        repositories = new Repositories(tables);
        layers = new Layers(foundation, store);
        images = new Images(foundation, repositories, layers);
        uploads = new LayerUploads(tables, repositories, layers, new Uploads(store, foundation));
        repositoryTags = new RepositoryTags(tables, repositories);
        repositoryPolicies = new RepositoryPolicies(tables, repositories);
        lifecyclePolicies = new LifecyclePolicies(foundation, repositories, images);
        lifecyclePreviews = new LifecyclePreviews(foundation, repositories, images, lifecyclePolicies);
    }

    /// Starts what happens by itself: lifecycle policies once a day, and first of all a clean-up of what an earlier
    /// process left.
    public void start() {
        lifecyclePolicies.start();
        foundation.background().run("ecr-sweep", layers::sweep);
    }

    /// Drops every upload and all content, as at the end of a process whose state is nowhere else; blocks.
    public void dropContent() throws IOException {
        uploads.cancelAll();
        store.sweep(_ -> false);
    }

    /// Tells where the engine finds images of this registry.
    public ImageResolver imageResolver() {
        return new EngineImages(address, tokens);
    }

    public Foundation foundation() {
        return foundation;
    }

    public BlobStore store() {
        return store;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Repositories repositories() {
        return repositories;
    }

    public Layers layers() {
        return layers;
    }

    public Images images() {
        return images;
    }

    public LayerUploads uploads() {
        return uploads;
    }

    RepositoryOperations repositoryOperations() {
        var contents = new Contents(images, layers, repositoryPolicies, lifecyclePolicies, lifecyclePreviews);
        return new RepositoryOperations(repositories, contents, repositoryTags, address, foundation.clock());
    }

    ImageOperations imageOperations() {
        return new ImageOperations(foundation, repositories, images);
    }

    ImageListings imageListings() {
        return new ImageListings(repositories, images);
    }

    LayerOperations layerOperations() {
        var downloads = new DownloadAddresses(address, tokens);
        return new LayerOperations(foundation.tables(), repositories, layers, uploads, downloads);
    }

    TokenOperations tokenOperations() {
        return new TokenOperations(tokens, address);
    }

    RepositoryTags repositoryTags() {
        return repositoryTags;
    }

    RepositoryPolicies repositoryPolicies() {
        return repositoryPolicies;
    }

    LifecyclePolicies lifecyclePolicies() {
        return lifecyclePolicies;
    }

    LifecyclePreviews lifecyclePreviews() {
        return lifecyclePreviews;
    }
}

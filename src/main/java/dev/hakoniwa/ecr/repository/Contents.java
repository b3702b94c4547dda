package dev.hakoniwa.ecr.repository;

import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.image.Images;
import dev.hakoniwa.ecr.layer.Layers;
import dev.hakoniwa.ecr.lifecycle.LifecyclePolicies;
import dev.hakoniwa.ecr.lifecycle.LifecyclePreviews;

/// All that is in a repository and goes with it.
public final class Contents {
    private final Images images;
    private final Layers layers;
    private final RepositoryPolicies policies;
    private final LifecyclePolicies lifecyclePolicies;
    private final LifecyclePreviews previews;

    public Contents(
            Images images,
            Layers layers,
            RepositoryPolicies policies,
            LifecyclePolicies lifecyclePolicies,
            LifecyclePreviews previews) {
        this.images = images;
        this.layers = layers;
        this.policies = policies;
        this.lifecyclePolicies = lifecyclePolicies;
        this.previews = previews;
    }

    boolean isEmpty(RepositoryKey repository) {
        return images.isEmpty(repository);
    }

    void remove(RepositoryKey repository) {
        images.removeAll(repository);
        layers.removeAll(repository);
        policies.remove(repository);
        lifecyclePolicies.remove(repository);
        previews.remove(repository);
    }
}

package dev.hakoniwa.ecr;

import dev.hakoniwa.runtime.Images.Login;
import java.util.Optional;

/// Tells where the engine finds an image of this emulator's registry.
public interface ImageResolver {
    /// What to pull for an image that a task definition names; empty if the image is of another registry. Both
    /// `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME` and a `repositoryUri` of ours are of this one.
    Optional<Source> resolve(String image);

    /// Where an image comes from.
    ///
    /// @param reference what the engine pulls
    record Source(String reference, Login login) {}
}

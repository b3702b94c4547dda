package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageReferenceTest {
    @ParameterizedTest
    @CsvSource({
        "nginx, nginx, latest",
        "nginx:1.27, nginx, 1.27",
        "localhost:4566/team/web, localhost:4566/team/web, latest",
        "localhost:4566/team/web:v1, localhost:4566/team/web, v1",
        "nginx@sha256:abc, nginx, sha256:abc",
        "localhost:4566/web:v1@sha256:abc, localhost:4566/web, sha256:abc"
    })
    void aReferenceIsANameAndATagOrDigest(String reference, String name, String version) {
        assertThat(ImageReference.of(reference)).isEqualTo(new ImageReference(name, version));
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io/library/nginx, true",
        "index.docker.io/library/nginx, nginx, true",
        "team/web, docker.io/team/web, true",
        "localhost:4566/web, web, false"
    })
    void dockerMeansTheSameRepositoryByItsNames(String one, String other, boolean same) {
        assertThat(new ImageReference(one, "1").isSameRepository(other)).isEqualTo(same);
    }
}

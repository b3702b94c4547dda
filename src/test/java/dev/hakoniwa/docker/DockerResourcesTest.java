package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.ResourcesContract;
import dev.hakoniwa.testing.DockerTest;

@DockerTest
final class DockerResourcesTest extends ResourcesContract {
    DockerResourcesTest() {
        super(new DockerTestEngine());
    }
}

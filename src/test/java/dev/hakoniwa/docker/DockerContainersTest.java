package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.ContainersContract;
import dev.hakoniwa.testing.DockerTest;

@DockerTest
final class DockerContainersTest extends ContainersContract {
    DockerContainersTest() {
        super(new DockerTestEngine());
    }
}

package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.PortsContract;
import dev.hakoniwa.testing.DockerTest;

@DockerTest
final class DockerPortsTest extends PortsContract {
    DockerPortsTest() {
        super(new DockerTestEngine());
    }
}

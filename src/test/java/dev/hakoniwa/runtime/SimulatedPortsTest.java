package dev.hakoniwa.runtime;

final class SimulatedPortsTest extends PortsContract {
    SimulatedPortsTest() {
        super(new SimulatedTestEngine());
    }
}

package dev.hakoniwa.runtime;

final class SimulatedContainersTest extends ContainersContract {
    SimulatedContainersTest() {
        super(new SimulatedTestEngine());
    }
}

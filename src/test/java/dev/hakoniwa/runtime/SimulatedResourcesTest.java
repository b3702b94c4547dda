package dev.hakoniwa.runtime;

final class SimulatedResourcesTest extends ResourcesContract {
    SimulatedResourcesTest() {
        super(new SimulatedTestEngine());
    }
}

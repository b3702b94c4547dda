package dev.hakoniwa.runtime;

final class SimulatedTerminalsTest extends TerminalsContract {
    SimulatedTerminalsTest() {
        super(new SimulatedTestEngine());
    }
}

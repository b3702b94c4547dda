package dev.hakoniwa.runtime;

/// The labels that tie what the engine holds to an emulator.
public final class Labels {
    /// On everything that an emulator creates; the value is the instance that did.
    public static final String INSTANCE = "dev.hakoniwa";

    /// The API port of that instance. Who owns the port now knows that an earlier owner is gone.
    public static final String PORT = "dev.hakoniwa.port";

    private Labels() {}
}

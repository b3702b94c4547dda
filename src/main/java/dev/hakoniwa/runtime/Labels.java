package dev.hakoniwa.runtime;

/// The labels that tie what the engine holds to an emulator. [Owner] reads and writes them.
public final class Labels {
    /// On everything that an emulator creates; the value is the instance that did.
    public static final String INSTANCE = "dev.hakoniwa";

    /// The address that instance binds its API port at.
    public static final String HOST = "dev.hakoniwa.host";

    /// The API port of that instance. Who owns the port now knows that an earlier owner is gone.
    public static final String PORT = "dev.hakoniwa.port";

    /// The container that instance runs in, if it runs in one of the same engine's.
    public static final String CONTAINER = "dev.hakoniwa.container";

    private Labels() {}
}

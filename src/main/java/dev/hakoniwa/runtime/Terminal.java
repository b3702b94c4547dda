package dev.hakoniwa.runtime;

/// A command that runs in a container, at a terminal of its own.
public interface Terminal extends AutoCloseable {
    /// Types into it. Returns at once; what comes after the command's end is lost.
    void type(byte[] input);

    /// Changes its size. Blocks; after the command's end nothing happens.
    void resize(int columns, int rows);

    /// Holds the output back, or lets it go on. An engine may tell a little more before it holds still.
    void hold(boolean held);

    /// Ends the command, as when its terminal is hung up. Returns at once.
    @Override
    void close();

    /// Who looks at it: told on a thread of the engine's, one thing at a time.
    interface Watcher {
        /// The command has written something.
        ///
        /// @param chunk of at most 1,024 bytes
        void output(byte[] chunk);

        /// The last that is told.
        ///
        /// @param exitCode 137 if the command ended with its container
        void ended(int exitCode);
    }
}

package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.ContainerSpec.PortBinding;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.PortRows;
import dev.hakoniwa.runtime.Transport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/// Chooses ports in a row, which Docker does not, from those that it and the system's outgoing connections leave alone.
/// Whether somebody else has one can be seen on this machine alone; elsewhere Docker refuses it.
final class FreePorts implements PortRows.Choice {
    private static final int FIRST = 61_000;
    private static final int LAST = 65_535;

    private int next = FIRST;

    @Override
    public synchronized int first(int size, PortBinding binding) {
        for (var tries = FIRST; tries <= LAST; tries++) {
            var first = next + size - 1 <= LAST ? next : FIRST;
            next = first + size;
            if (IntStream.range(first, next).allMatch(port -> isFree(port, binding.transport()))) {
                return first;
            }
        }
        throw new EngineException(Kind.CONFLICT, "no %d ports in a row are free".formatted(size));
    }

    private static boolean isFree(int port, Transport transport) {
        try (var _ = transport == Transport.UDP ? new DatagramSocket(port) : new ServerSocket(port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}

package dev.hakoniwa.ecs.exec;

/// A WebSocket to a client. No call blocks or fails; what is sent to a client that has gone is lost.
public interface Connection {
    void send(byte[] frame);

    void close(int code, String reason);
}

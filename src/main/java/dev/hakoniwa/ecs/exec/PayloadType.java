package dev.hakoniwa.ecs.exec;

/// What a message carries, as far as it matters here.
final class PayloadType {
    static final int NONE = 0;
    static final int OUTPUT = 1;
    static final int SIZE = 3;
    static final int HANDSHAKE_REQUEST = 5;
    static final int HANDSHAKE_RESPONSE = 6;
    static final int HANDSHAKE_COMPLETE = 7;
    static final int FLAG = 10;

    private PayloadType() {}
}

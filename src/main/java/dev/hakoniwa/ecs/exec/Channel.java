package dev.hakoniwa.ecs.exec;

/// A client's connection to a session: its first message is text and brings the token, all others are binary.
public final class Channel {
    private static final int POLICY_VIOLATION = 1008;

    private final Session session;
    private final Connection client;
    private boolean admitted;

    Channel(Session session, Connection client) {
        this.session = session;
        this.client = client;
    }

    public void text(String message) {
        if (admitted) {
            return;
        }
        admitted = session.redeem(Payloads.token(message));
        if (admitted) {
            session.connected(client);
        } else {
            client.close(POLICY_VIOLATION, "the token is not valid");
        }
    }

    public void binary(byte[] message) {
        if (admitted) {
            session.received(client, message);
        } else {
            client.close(POLICY_VIOLATION, "the token is missing");
        }
    }

    public void closed() {
        session.disconnected(client);
    }
}

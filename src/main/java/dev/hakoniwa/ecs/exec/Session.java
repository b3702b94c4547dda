package dev.hakoniwa.ecs.exec;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Timers.Timer;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session: a command in a container, and the client that sees it and types. It outlives its connection, as a client
/// may come back with another token; what it was sent meanwhile it is sent again. All that happens goes through the
/// mailbox.
final class Session {
    private static final Duration IDLE_AT_MOST = Duration.ofMinutes(20);
    private static final Duration CHECK = Duration.ofMillis(100);

    /// How long the client has to acknowledge the last output before the channel closes.
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private static final int NORMAL = 1000;
    private static final long ACKNOWLEDGE_FLAGS = 3;
    private static final int TOKEN_LENGTH = 96;

    private final String id;
    private final Foundation foundation;
    private final Consumer<Session> whenOver;
    private final Mailbox mailbox = new Mailbox();
    private final RunningCommand command;
    private final Transcript transcript = new Transcript();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Outbox outbox = new Outbox();
    private final Inbox inbox = new Inbox();
    private @Nullable Connection connection;
    private @Nullable Timer check;
    private @Nullable Timer farewell;
    private Timer idle;
    private Instant lastUse;
    private @Nullable Instant greeted;
    private @Nullable String lastWords;
    private boolean over;

    /// @param whenOver called once, when the session has ended
    Session(String id, Target target, Foundation foundation, Consumer<Session> whenOver) {
        this.id = id;
        this.foundation = foundation;
        this.whenOver = whenOver;
        command = new RunningCommand(
                target.containers(), foundation.background(), mailbox, target.container(), target.command());
        lastUse = now();
        idle = foundation.timers().after(IDLE_AT_MOST, () -> mailbox.post(this::endIfIdle));
    }

    /// What the session is for.
    record Target(Containers containers, ContainerId container, String command) {}

    String id() {
        return id;
    }

    /// The lines that its command has written.
    List<String> shown() {
        return transcript.lines();
    }

    /// A token that opens one connection.
    String newToken() {
        var token = foundation.ids().hex(TOKEN_LENGTH);
        tokens.add(token);
        return token;
    }

    /// Whether the token is good; it is no longer.
    boolean redeem(String token) {
        return tokens.remove(token);
    }

    /// Takes in a client whose token was good; the client before it, if there is one, has to go.
    void connected(Connection client) {
        mailbox.post(() -> takeIn(client));
    }

    void received(Connection from, byte[] frame) {
        mailbox.post(() -> {
            if (!over && from.equals(connection)) {
                Message.read(frame).ifPresent(this::receive);
            }
        });
    }

    void disconnected(Connection client) {
        mailbox.post(() -> {
            if (client.equals(connection)) {
                connection = null;
            }
        });
    }

    /// Ends the command and the session at once.
    void terminate() {
        mailbox.post(() -> end(""));
    }

    private void takeIn(Connection client) {
        if (over) {
            client.close(NORMAL, "the session has ended");
            return;
        }
        if (connection != null) {
            connection.close(NORMAL, "another client has come");
        }
        connection = client;
        lastUse = now();
        if (greeted == null) {
            greeted = now();
            tell(PayloadType.HANDSHAKE_REQUEST, Payloads.handshakeRequest());
        } else {
            outbox.all(now()).forEach(this::send);
            checkLater();
        }
    }

    private void receive(Message message) {
        switch (message.type()) {
            case Message.ACKNOWLEDGE -> Payloads.acknowledged(message).ifPresent(this::acknowledged);
            case Message.INPUT -> {
                var taken = inbox.take(message);
                if (taken.acknowledged()) {
                    send(message(
                            Message.ACKNOWLEDGE,
                            ACKNOWLEDGE_FLAGS,
                            PayloadType.NONE,
                            Payloads.acknowledgement(message)));
                }
                taken.ready().forEach(this::process);
            }
            default -> {} // a client's that knows more than there is
        }
    }

    private void acknowledged(long sequence) {
        outbox.acknowledged(sequence, now());
        command.underWay(outbox.size());
        if (lastWords != null && outbox.isEmpty()) {
            end(lastWords);
        }
    }

    private void process(Message input) {
        switch (input.payloadType()) {
            case PayloadType.OUTPUT -> {
                lastUse = now();
                begin();
                command.type(input.payload());
            }
            case PayloadType.SIZE -> {
                Payloads.size(input).ifPresent(command::resize);
                begin();
            }
            case PayloadType.HANDSHAKE_RESPONSE ->
                Payloads.refusal(input).ifPresentOrElse(this::finish, this::handshakeDone);
            case PayloadType.FLAG -> {
                if (Payloads.asksForTheEnd(input)) {
                    end("");
                }
            }
            default -> {} // nothing that an interactive command hears
        }
    }

    private void handshakeDone() {
        var since = greeted == null ? now() : greeted;
        tell(PayloadType.HANDSHAKE_COMPLETE, Payloads.handshakeComplete(Duration.between(since, now())));
        begin();
    }

    /// Starts the command once the handshake is done, or for a client that goes on without one.
    private void begin() {
        if (!over) {
            command.begin(new Watcher(), this::finish);
        }
    }

    private void tell(int payloadType, byte[] payload) {
        send(outbox.add(uuid(), payloadType, payload, now()));
        checkLater();
    }

    private void checkLater() {
        if (check == null && !outbox.isEmpty() && !over) {
            check = foundation.timers().after(CHECK, () -> mailbox.post(this::sendAgain));
        }
    }

    private void sendAgain() {
        check = null;
        if (over || connection == null) {
            return;
        }
        if (outbox.isHopeless()) {
            end("");
            return;
        }
        outbox.overdue(now()).ifPresent(this::send);
        checkLater();
    }

    private void endIfIdle() {
        var left = Duration.between(now(), lastUse.plus(IDLE_AT_MOST));
        if (left.isPositive()) {
            idle = foundation.timers().after(left, () -> mailbox.post(this::endIfIdle));
            return;
        }
        end("Session: " + id + " timed out due to inactivity.");
    }

    /// Ends the session as soon as the client has acknowledged all output.
    private void finish(String words) {
        if (over || lastWords != null) {
            return;
        }
        lastWords = words;
        if (outbox.isEmpty()) {
            end(words);
            return;
        }
        farewell = foundation.timers().after(FAREWELL, () -> mailbox.post(() -> end(words)));
    }

    private void end(String words) {
        if (over) {
            return;
        }
        over = true;
        tokens.clear();
        idle.cancel();
        if (check != null) {
            check.cancel();
        }
        if (farewell != null) {
            farewell.cancel();
        }
        command.close();
        if (connection != null) {
            var farewellId = uuid();
            send(message(
                    Message.CHANNEL_CLOSED, 0, PayloadType.NONE, Payloads.channelClosed(id, farewellId, now(), words)));
            connection.close(NORMAL, "");
        }
        whenOver.accept(this);
    }

    private Message message(String type, long flags, int payloadType, byte[] payload) {
        return new Message(type, 0, flags, uuid(), now(), payloadType, payload);
    }

    private void send(Message message) {
        if (connection != null) {
            connection.send(message.bytes());
        }
    }

    private UUID uuid() {
        return UUID.fromString(foundation.ids().uuid());
    }

    private Instant now() {
        return foundation.clock().instant();
    }

    private final class Watcher implements Terminal.Watcher {
        @Override
        public void output(byte[] chunk) {
            mailbox.post(() -> {
                if (!over) {
                    lastUse = now();
                    transcript.add(chunk);
                    tell(PayloadType.OUTPUT, chunk);
                    command.underWay(outbox.size());
                }
            });
        }

        @Override
        public void ended(int exitCode) {
            mailbox.post(() -> finish(""));
        }
    }
}

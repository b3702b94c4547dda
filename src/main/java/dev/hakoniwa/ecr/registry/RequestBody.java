package dev.hakoniwa.ecr.registry;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A request's body, read by a thread that may block. No more comes in from the connection than is read here.
final class RequestBody {
    private static final int WINDOW = 16;
    private static final long PATIENCE_SECONDS = 60;
    private static final long MOST_DISCARDED = 16 << 20;

    private final HttpServerRequest request;
    private final Context context;
    private final BlockingQueue<Event> arrived = new LinkedBlockingQueue<>();
    private Buffer rest = Buffer.buffer();
    private int at;
    private int taken;
    private boolean begun;
    private boolean ended;
    private long discarded;

    private sealed interface Event {
        record Bytes(Buffer buffer) implements Event {}

        record End() implements Event {}

        record Broken() implements Event {}
    }

    /// Called on the event loop, before anything of the body was read.
    RequestBody(HttpServerRequest request, Context context) {
        this.request = request;
        this.context = context;
        request.pause();
        request.handler(buffer -> arrived.add(new Event.Bytes(buffer)));
        request.endHandler(_ -> arrived.add(new Event.End()));
        request.exceptionHandler(_ -> breakOff());
    }

    /// What came before the connection broke is still taken.
    private void breakOff() {
        request.fetch(Long.MAX_VALUE);
        context.runOnContext(_ -> arrived.add(new Event.Broken()));
    }

    /// The client went away in the middle of its request. There is nobody to answer.
    static final class ClientGone extends IOException {
        private static final long serialVersionUID = 1;

        ClientGone() {
            super("the client went away");
        }
    }

    /// Fills `into`, which has an array, with what is there, waiting for at least one byte; false at the body's end.
    boolean read(ByteBuffer into) throws ClientGone {
        begin();
        while (into.hasRemaining() && (at < rest.length() || next(into.position() == 0))) {
            var length = Math.min(rest.length() - at, into.remaining());
            rest.getBytes(at, at + length, into.array(), into.arrayOffset() + into.position());
            into.position(into.position() + length);
            at += length;
        }
        return into.position() > 0;
    }

    /// The whole body, unless it is larger than `most`.
    byte @Nullable [] readAll(int most) throws ClientGone {
        var all = new ByteArrayOutputStream();
        var piece = ByteBuffer.allocate(1 << 16);
        while (read(piece)) {
            if (all.size() + piece.position() > most) {
                return null;
            }
            all.write(piece.array(), 0, piece.position());
            piece.clear();
        }
        return all.toByteArray();
    }

    /// Takes the next bytes; false at the end, or if there are none yet and none are waited for.
    private boolean next(boolean waits) throws ClientGone {
        if (ended || !(waits || arrived.peek() instanceof Event.Bytes)) {
            return false;
        }
        return switch (await()) {
            case Event.Bytes(var buffer) -> {
                rest = buffer;
                at = 0;
                askForMore();
                yield true;
            }
            case Event.End() -> {
                ended = true;
                yield false;
            }
            case Event.Broken() -> throw new ClientGone();
        };
    }

    private Event await() throws ClientGone {
        try {
            var event = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new ClientGone();
            }
            return event;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ClientGone();
        }
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        context.runOnContext(_ -> {
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                request.response().writeContinue();
            }
            request.fetch(WINDOW);
        });
    }

    private void askForMore() {
        taken++;
        if (taken == WINDOW / 2) {
            taken = 0;
            context.runOnContext(_ -> request.fetch(WINDOW / 2));
        }
    }

    /// Lets go what nobody reads, so that the connection can carry the next request; closes it if that is too much.
    /// Called on the event loop, once the answer has been sent.
    void discard() {
        if (request.isEnded()) {
            return;
        }
        request.handler(buffer -> {
            discarded += buffer.length();
            if (discarded > MOST_DISCARDED) {
                var _ = request.connection().close();
            }
        });
        request.resume();
    }
}

package dev.hakoniwa.proxy;

import dev.hakoniwa.proxy.http.HeadReader;
import dev.hakoniwa.proxy.http.Malformed;
import dev.hakoniwa.proxy.http.Output;
import dev.hakoniwa.proxy.http.Request;
import dev.hakoniwa.proxy.http.Response;
import dev.hakoniwa.proxy.http.Version;
import dev.hakoniwa.proxy.route.Redirects;
import dev.hakoniwa.proxy.route.Rewrite;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request with its answer, from the rules to the last byte.
final class Exchange implements Pool.Caller {
    private final Client client;
    private final Loop loop;
    private final Site site;
    private final Request request;
    private final Address sender;
    private final HeadReader heads = HeadReader.ofResponses();
    private Route.@Nullable Targets route;
    private @Nullable Group group;
    private @Nullable Backend backend;
    private @Nullable Upstream upstream;
    private @Nullable Buffer unsent;
    private @Nullable Response response;
    private @Nullable Download download;
    private boolean translated;
    private boolean repeated;
    private boolean heard;
    private boolean continued;
    private boolean clientBroken;
    private boolean keepAlive;
    private boolean over;

    /// @param sender who sent the request, which is not the client's own address if it was relayed
    Exchange(Client client, Site site, Request request, Address sender) {
        this.client = client;
        this.loop = client.loop();
        this.site = site;
        this.request = request;
        this.sender = sender;
    }

    /// @param first what came of the body together with the head
    /// @param cameTranslated whether the client came in by another port than the listener's
    void start(@Nullable Buffer first, boolean cameTranslated) {
        unsent = first;
        translated = cameTranslated;
        site.counters().request();
        if (Hop.isForwardedTooOften(request)) {
            answer(Answer.page(463));
            return;
        }
        switch (site.route(new Asked(request, sender.host()))) {
            case Route.Answer own -> answer(Answer.fixed(own.response()));
            case Route.Elsewhere elsewhere -> redirect(elsewhere.redirect());
            case Route.Targets targets -> forward(targets);
        }
    }

    /// The client sent another part of its body, or something for the protocol it has changed to.
    void clientSent(Buffer part) {
        if (upstream == null) {
            unsent = unsent == null ? part : unsent.copy().appendBuffer(part);
            return;
        }
        upstream.write(part);
        if (upstream.isFull()) {
            client.pause();
        }
    }

    void clientDrained() {
        if (upstream != null) {
            upstream.resume();
        }
    }

    void clientGone() {
        end(false);
    }

    /// The load balancer gives up: with this status if the client has no answer yet, else by closing.
    void fail(int status) {
        if (over) {
            return;
        }
        if (response == null) {
            answer(Answer.page(status));
            return;
        }
        end(false);
        client.abort();
    }

    /// The client has not sent what it said it would.
    void clientBroke(int status) {
        clientBroken = true;
        fail(status);
    }

    /// The target must not be used any longer.
    void cut() {
        fail(502);
    }

    @Override
    public void connected(Upstream fresh) {
        if (over) {
            fresh.close();
            return;
        }
        send(fresh);
    }

    @Override
    public void notConnected(boolean timedOut) {
        if (over) {
            return;
        }
        site.counters().connectionError();
        if (timedOut || repeated || !attempt(backend, false)) {
            answer(Answer.page(timedOut ? 504 : 502));
        }
    }

    void targetSent(Buffer buffer) {
        heard = true;
        client.touch();
        try {
            if (download != null) {
                download(download, buffer, 0);
                return;
            }
            for (var at = 0; at < buffer.length() && !over && download == null; ) {
                at = heads.take(buffer, at);
                var head = heads.next();
                if (head != null) {
                    answered(Response.of(head), buffer, at);
                }
            }
        } catch (Malformed _) {
            fail(502);
        }
    }

    void targetDrained() {
        client.touch();
        client.resume();
    }

    /// The target has closed its connection, and all that it sent has been dealt with.
    void targetEnded(boolean broken) {
        if (download == null) {
            var mayRepeat = !heard && !repeated && request.mayBeRepeated() && wasUsed();
            if (!mayRepeat || !attempt(backend, true)) {
                answer(Answer.page(502));
            }
            return;
        }
        var last = broken ? null : download.end();
        if (last == null) {
            end(false);
            client.close();
            return;
        }
        client.write(last);
        complete(false);
    }

    private void redirect(Action.Redirect redirect) {
        var host = request.host();
        var asked = new Redirects.Asked(
                "http",
                host == null ? site.loadBalancer().dnsName() : Entrance.name(host),
                site.port(),
                request.path(),
                request.query());
        answer(Answer.redirect(redirect.status(), Redirects.location(redirect.location(), asked)));
    }

    private void forward(Route.Targets targets) {
        route = targets;
        var sticky = targets.isSticky() ? Sticky.group(request, loop.now()) : null;
        group = targets.choose(sticky, targets.isWeighted() ? loop.random().nextDouble() : 0);
        if (group != null && group.settings().version() != TargetGroup.Version.HTTP1) {
            answer(Answer.page(464));
        } else if (group == null || !attempt(null, true)) {
            answer(Answer.page(503));
        }
    }

    /// Sends the request to a target; false if there is none.
    ///
    /// @param failed the target that has just failed; absent at the first attempt
    /// @param same whether that one may be tried again if there is no other
    private boolean attempt(@Nullable Backend failed, boolean same) {
        leave();
        var chosen = Objects.requireNonNull(group);
        var stickiness = chosen.settings().balancing().stickiness();
        var next = chosen.pick(loop, Sticky.target(request, stickiness, loop.now()), failed);
        if (next == null || (next == failed && !same)) {
            return false;
        }
        repeated = failed != null;
        backend = next;
        var pool = next.pool(loop);
        pool.enter(this);
        // A request that is repeated goes over a new connection: another one that has waited may be as stale.
        var idle = failed == null ? pool.takeIdle() : null;
        if (idle != null) {
            send(idle);
        } else {
            client.pause();
            pool.connect(client.gate().connectTimeout(), this);
        }
        return true;
    }

    private void send(Upstream ready) {
        upstream = ready;
        ready.carry(this);
        var output = loop.output();
        var forwarded = site.attributes().forwardClientPort() ? sender.toString() : sender.host();
        var traceId = TraceId.forward(request.traceId(), loop);
        var added = new Hop.Added(site.attributes().forwardedFor(), forwarded, site.port(), traceId);
        Hop.writeRequest(output, request, rewrite(), added);
        ready.write(unsent == null ? output.toBuffer() : output.toBuffer(unsent, 0, unsent.length()));
        unsent = null;
        if (ready.isFull()) {
            client.pause();
        } else {
            client.resume();
        }
    }

    private boolean wasUsed() {
        return upstream != null && upstream.isUsed();
    }

    private Rewrite rewrite() {
        var host = request.host();
        var keep = translated || site.attributes().preserveHostHeader();
        var name = host == null || host.isEmpty() ? site.loadBalancer().dnsName() : host;
        var transforms = Objects.requireNonNull(route).transforms();
        return Rewrite.of(keep ? name : Hop.host(name, site.port()), request.target(), transforms);
    }

    private void answered(Response head, Buffer buffer, int at) {
        if (head.isInterim()) {
            interim(head);
            return;
        }
        if (head.status() == 101 && request.upgrade() == null) {
            fail(502);
            return;
        }
        response = head;
        site.counters().targetAnswered(head.status());
        var next = Download.of(head, request);
        download = next;
        keepAlive = mayKeepAlive() && next.mayKeepAlive();
        var output = loop.output();
        Hop.writeResponse(output, head, request);
        writeCookies(output, head);
        output.line("Connection", next.isTunnel() ? "upgrade" : keepAlive ? "keep-alive" : "close");
        output.newLine();
        var piece = next.take(buffer, at);
        client.write(output.toBuffer(piece, 0, piece.length()));
        if (next.isTunnel()) {
            client.tunnel();
        }
        passed(next, buffer);
    }

    private void download(Download down, Buffer buffer, int from) {
        client.write(down.take(buffer, from));
        passed(down, buffer);
    }

    private void passed(Download down, Buffer buffer) {
        if (down.isComplete()) {
            complete(down.taken() == buffer.length());
        } else if (client.isFull() && upstream != null) {
            upstream.pause();
        }
    }

    private void interim(Response head) {
        continued |= head.status() == 100;
        if (request.version() == Version.HTTP_1_1) {
            var output = loop.output();
            Hop.writeResponse(output, head, request);
            client.write(output.newLine().toBuffer());
        }
    }

    private void writeCookies(Output output, Response head) {
        var targets = Objects.requireNonNull(route);
        var chosen = Objects.requireNonNull(group);
        if (targets.isSticky()) {
            Sticky.writeGroup(output, chosen, targets.stickiness(), loop.now());
        }
        var stickiness = chosen.settings().balancing().stickiness();
        Sticky.writeTarget(output, Objects.requireNonNull(backend), stickiness, head, loop.now());
    }

    private void answer(Answer answer) {
        var keep = response == null && mayKeepAlive();
        end(false);
        site.counters().answered(answer.status());
        var output = loop.output();
        answer.write(output, loop.date(), !request.isHead(), keep);
        client.write(output.toBuffer());
        client.finished(keep);
    }

    /// A client that waits for a 100 and gets something else may send its body or not: what follows can't be told.
    private boolean mayKeepAlive() {
        var bodyInDoubt = request.expectsContinue() && !continued && !client.hasSentAll();
        return !bodyInDoubt
                && !clientBroken
                && client.keepsAlive(request, site.attributes().clientKeepAlive());
    }

    private void complete(boolean clean) {
        end(clean && client.hasSentAll() && Objects.requireNonNull(response).keepsAlive());
        client.finished(keepAlive);
    }

    private void end(boolean reusable) {
        over = true;
        var last = upstream;
        leave();
        if (last != null && reusable) {
            Objects.requireNonNull(backend).pool(loop).giveBack(last);
        } else if (last != null) {
            last.close();
        }
    }

    private void leave() {
        upstream = null;
        if (backend != null) {
            backend.pool(loop).leave(this);
        }
    }
}

package dev.hakoniwa.proxy;

import dev.hakoniwa.proxy.http.Request;
import dev.hakoniwa.proxy.route.Subject;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request as the rules see it.
record Asked(Request request, String clientAddress) implements Subject {
    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public String query() {
        return request.query();
    }

    @Override
    public @Nullable String host() {
        var host = request.host();
        return host == null ? null : Entrance.name(host);
    }

    @Override
    public List<String> headers(String name) {
        return request.head().values(name);
    }

    @Override
    public InetAddress client() {
        return InetAddress.ofLiteral(clientAddress);
    }
}

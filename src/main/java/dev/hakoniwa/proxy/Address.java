package dev.hakoniwa.proxy;

/// An IP address (or a name that resolves without asking a network) and a port.
public record Address(String host, int port) {
    public Address {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port);
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}

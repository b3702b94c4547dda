package dev.hakoniwa.proxy.route;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the conditions of a rule look at.
public interface Subject {
    String method();

    /// The path as the client wrote it, without the query.
    String path();

    /// What stands behind the `?`; empty if there is none.
    String query();

    /// The host in lower case and without its port; absent if the client named none.
    @Nullable
    String host();

    /// The values of every header line of this name, in whatever case.
    List<String> headers(String name);

    /// Who connected.
    InetAddress client();
}

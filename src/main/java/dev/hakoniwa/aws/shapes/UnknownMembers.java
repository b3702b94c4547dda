package dev.hakoniwa.aws.shapes;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Tells of request members that no shape of ours knows, such as a newer client's: each once.
final class UnknownMembers {
    private static final int MOST = 1_000;
    private static final int LONGEST = 200;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Consumer<String> listener;

    UnknownMembers(Consumer<String> listener) {
        this.listener = listener;
    }

    /// @param operation the service and operation, such as `ecs.CreateCluster`
    /// @param path where the member stands, such as `settings.colour`
    void found(String operation, String path) {
        var name = printable(operation + "." + path);
        if (told.size() < MOST && told.add(name)) {
            listener.accept(name);
        }
    }

    private static String printable(String name) {
        var cut = name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name;
        return cut.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

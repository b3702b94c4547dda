package dev.hakoniwa.runtime;

import dev.hakoniwa.runtime.ContainerSpec.PortBinding;
import java.util.ArrayList;
import java.util.List;

/// Gives the bindings whose ports on the host are to be in a row such ports.
public final class PortRows {
    private PortRows() {}

    /// Finds ports in a row that nobody has.
    @FunctionalInterface
    public interface Choice {
        /// The first one of so many.
        int first(int size, PortBinding binding);
    }

    /// The bindings without any [PortBinding#NEXT]. Where there are none, nothing is chosen.
    public static List<PortBinding> chosen(List<PortBinding> bindings, Choice choice) {
        var chosen = new ArrayList<PortBinding>();
        for (var from = 0; from < bindings.size(); from = chosen.size()) {
            var to = end(bindings, from);
            var first = bindings.get(from);
            var port = to - from > 1 && first.hostPort() == 0 ? choice.first(to - from, first) : first.hostPort();
            chosen.add(first.at(port));
            for (var i = from + 1; i < to; i++) {
                chosen.add(bindings.get(i).at(port + i - from));
            }
        }
        return List.copyOf(chosen);
    }

    /// Where the row that begins there ends.
    private static int end(List<PortBinding> bindings, int from) {
        var to = from + 1;
        while (to < bindings.size() && bindings.get(to).hostPort() == PortBinding.NEXT) {
            to++;
        }
        return to;
    }
}

package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.runtime.Terminal;
import java.util.ArrayList;
import java.util.List;

/// The terminals of a simulated container at which commands run; touched inside the host's lock alone. The commands
/// that there are, by their names or in `/bin`: `sh`, with [SimulatedShell]'s few commands, and `echo`.
final class SimulatedTerminals {
    private static final int KILLED = 137;
    private static final int HUNG_UP = 129;

    private final Host host;
    private final List<Open> open = new ArrayList<>();

    SimulatedTerminals(Host host) {
        this.host = host;
    }

    Terminal open(List<String> command, Terminal.Watcher watcher) {
        var name = command.getFirst();
        var terminal = new Open(watcher);
        switch (name.startsWith("/bin/") ? name.substring(5) : name) {
            case "sh" -> terminal.shell.begin(command.subList(1, command.size()));
            case "echo" -> terminal.shell.begin(List.of("-c", String.join(" ", command)));
            default -> throw Refusals.noSuchCommand(name);
        }
        open.add(terminal);
        terminal.endIfOver();
        return terminal;
    }

    /// The container has ended, and all that ran in it.
    void end() {
        List.copyOf(open).forEach(terminal -> terminal.end(KILLED));
    }

    private final class Open implements Terminal {
        private final Watcher watcher;
        private final SimulatedShell shell;

        Open(Watcher watcher) {
            this.watcher = watcher;
            this.shell = new SimulatedShell(chunk -> host.callBack(() -> watcher.output(chunk)));
        }

        @Override
        public void type(byte[] input) {
            host.happen(() -> {
                if (open.contains(this)) {
                    shell.type(input);
                    endIfOver();
                }
            });
        }

        @Override
        public void resize(int columns, int rows) {
            host.happen(() -> shell.resize(columns, rows));
        }

        /// Nothing is written unasked.
        @Override
        public void hold(boolean held) {}

        @Override
        public void close() {
            host.happen(() -> end(HUNG_UP));
        }

        private void endIfOver() {
            var code = shell.exitCode();
            if (code != null) {
                end(code);
            }
        }

        private void end(int code) {
            if (open.remove(this)) {
                host.callBack(() -> watcher.ended(code));
            }
        }
    }
}

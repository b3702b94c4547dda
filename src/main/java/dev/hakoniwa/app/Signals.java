package dev.hakoniwa.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// Ends the program when it is interrupted or terminated, and at once when it is interrupted a second time: a JVM
/// that is ending already hears no signal by itself.
final class Signals {
    private static final int INT = 2;
    private static final int TERM = 15;
    private static final int BY_SIGNAL = 128;

    private static volatile boolean ending;

    private Signals() {}

    /// To be called again once Quarkus has started, which puts its own in the place of these in a native executable.
    static void heed() {
        heed("INT", () -> end(INT));
        heed("TERM", () -> end(TERM));
    }

    private static void end(int signal) {
        if (ending && signal == INT) {
            Main.complain("ended at once; `hakoniwa clean` removes what is left on the container engine");
            Runtime.getRuntime().halt(BY_SIGNAL + INT);
        }
        ending = true;
        System.exit(BY_SIGNAL + signal);
    }

    /// By reflection, as javac warns of any use of these classes, which nothing stands in for.
    private static void heed(String name, Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var heeding = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (_, _, _) -> {
                action.run();
                return null;
            });
            var _ = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), heeding);
        } catch (InvocationTargetException _) {
            // the JVM was told to leave signals alone, by -Xrs
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SIG" + name + " can't be heeded", e);
        }
    }
}

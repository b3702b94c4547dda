package dev.hakoniwa.app;

/// `hakoniwa health`: needs no shell, so that a container image's health check can be it.
final class HealthCommand {
    private HealthCommand() {}

    static int run(Settings settings) {
        var endpoint = settings.endpoint();
        return switch (HealthProbe.ask(endpoint)) {
            case HealthProbe.Finding.Emulator emulator -> {
                System.out.printf("hakoniwa %s runs at %s; %s%n", emulator.version(), endpoint, emulator.engine());
                yield 0;
            }
            case HealthProbe.Finding.NoEmulator(var reason) -> unhealthy(endpoint, reason);
            case HealthProbe.Finding.Silence(var reason) -> unhealthy(endpoint, reason);
        };
    }

    private static int unhealthy(String endpoint, String reason) {
        Main.complain("no emulator answers at " + endpoint + ": " + reason);
        return 1;
    }
}

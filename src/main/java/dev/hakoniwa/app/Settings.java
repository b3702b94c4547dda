package dev.hakoniwa.app;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Problems;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.docker.OwnNetwork;
import dev.hakoniwa.vpc.Fleet;
import dev.hakoniwa.vpc.InstanceType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that can be configured: by a flag, `--port 4566`, or by a variable, `HAKONIWA_PORT=4566`.
///
/// @param port of the API, the registry and the emulator's own pages
/// @param host the address that port is bound at
/// @param account for access keys that aren't an account id themselves
/// @param region for requests that name none
/// @param taskEndpointUrl AWS_ENDPOINT_URL in tasks: `auto`, `off` or a URL
/// @param fleet the container instances that each cluster has by itself
/// @param dataFolder where the registry keeps its blobs
public record Settings(
        int port,
        String host,
        AccountId account,
        Region region,
        EngineKind engine,
        String taskEndpointUrl,
        Fleet fleet,
        Path dataFolder,
        String logLevel) {
    private static final String AUTO = "auto";
    private static final String OFF = "off";
    private static final Set<String> LOG_LEVELS = Set.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

    /// Which container engine runs the tasks.
    public enum EngineKind {
        DOCKER,
        SIMULATED
    }

    /// A setting: its name (`data-folder` is HAKONIWA_DATA_FOLDER), its default and what it means.
    public record Option(String name, String usual, String meaning) {
        public String variable() {
            return "HAKONIWA_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        }

        /// The name that the configuration finds both flag and variable by.
        public String property() {
            return "hakoniwa." + name;
        }
    }

    /// Instances are so large by default that nobody's task is refused because this machine is smaller: what tasks ask
    /// for is counted, and no more of it is used than the machine has.
    public static final List<Option> OPTIONS = List.of(
            new Option("port", "4566", "port of the AWS API, the registry and the emulator's own API"),
            new Option(
                    "host",
                    "auto",
                    "address to bind: auto (127.0.0.1; 0.0.0.0 in a container that has a network of its own), or one; "
                            + "0.0.0.0 opens it to the network"),
            new Option("account-id", "000000000000", "account of access keys that aren't a 12-digit account id"),
            new Option("region", "us-east-1", "region of requests that name none"),
            new Option("engine", "docker", "docker, or simulated (no containers run)"),
            new Option(
                    "task-endpoint-url",
                    "auto",
                    "AWS_ENDPOINT_URL in tasks' containers: auto (where they reach this API), off, or a URL"),
            new Option("container-instances", "1", "how many container instances each cluster has by itself"),
            new Option(
                    "container-instance-type",
                    "m5.16xlarge",
                    "the EC2 instance type that these are: it tells how many vCPUs and how much memory tasks find "
                            + "there"),
            new Option(
                    "data-folder", "", "where pushed image layers are kept; a folder for temporary files by default"),
            new Option("log-level", "INFO", "ERROR, WARN, INFO, DEBUG or TRACE"));

    /// Reads every setting and notes everything that is wrong.
    ///
    /// @param lookup the value of a property, if it is given
    public static Settings read(Function<String, Optional<String>> lookup, Problems problems) {
        var reader = new Reader(lookup, problems);
        var port = reader.port();
        return new Settings(
                port,
                reader.host(),
                reader.account(),
                reader.region(),
                reader.engine(),
                reader.taskEndpointUrl(),
                reader.fleet(),
                reader.dataFolder(port),
                reader.logLevel());
    }

    /// What is given for a property: by a flag, which wins, or by a variable.
    static Optional<String> given(String property) {
        var variable = property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return Optional.ofNullable(System.getProperty(property)).or(() -> Optional.ofNullable(System.getenv(variable)));
    }

    /// Where the API is reached from this machine.
    public String endpoint() {
        return endpoint(host, port);
    }

    /// Where a port that is bound at this address is reached from this machine.
    static String endpoint(String host, int port) {
        var address = switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "0:0:0:0:0:0:0:0" -> "0:0:0:0:0:0:0:1";
            default -> host;
        };
        return "http://%s:%d".formatted(address.contains(":") ? "[" + address + "]" : address, port);
    }

    /// Whether the port is bound at every address of the machine.
    boolean listensEverywhere() {
        return host.equals("0.0.0.0") || host.equals("0:0:0:0:0:0:0:0");
    }

    /// What AWS_ENDPOINT_URL is to say in tasks; null for nothing.
    ///
    /// @param auto where they reach the API; null if they can't
    @Nullable
    String endpointInTasks(@Nullable String auto) {
        return switch (taskEndpointUrl) {
            case AUTO -> auto;
            case OFF -> null;
            default -> taskEndpointUrl;
        };
    }

    public Scope scope() {
        return new Scope(account, region);
    }

    private record Reader(Function<String, Optional<String>> lookup, Problems problems) {
        int port() {
            var text = text("port");
            try {
                var port = Integer.parseInt(text);
                if (port >= 1 && port <= 65_535) {
                    return port;
                }
            } catch (NumberFormatException _) {
                problems.add("port", "not a number: " + text);
                return 0;
            }
            problems.add("port", "must be between 1 and 65535: " + text);
            return 0;
        }

        String host() {
            var text = text("host");
            if (text.equals("auto")) {
                return OwnNetwork.gateway().isPresent() ? "0.0.0.0" : "127.0.0.1";
            }
            try {
                return InetAddress.getByName(text).getHostAddress();
            } catch (UnknownHostException _) {
                problems.add("host", "not an address of this machine: " + text);
                return text;
            }
        }

        AccountId account() {
            var text = text("account-id");
            if (AccountId.isAccountId(text)) {
                return new AccountId(text);
            }
            problems.add("account-id", "must be 12 digits: " + text);
            return new AccountId("0".repeat(12));
        }

        Region region() {
            var text = text("region");
            if (Region.isRegion(text)) {
                return new Region(text);
            }
            problems.add("region", "not a region's name: " + text);
            return new Region("us-east-1");
        }

        EngineKind engine() {
            var text = text("engine");
            return Arrays.stream(EngineKind.values())
                    .filter(kind -> kind.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseGet(() -> {
                        problems.add("engine", "must be docker or simulated: " + text);
                        return EngineKind.DOCKER;
                    });
        }

        String taskEndpointUrl() {
            var text = text("task-endpoint-url");
            if (text.equals(AUTO) || text.equals(OFF) || text.matches("https?://[^\\s/?#]+/?")) {
                return text;
            }
            problems.add("task-endpoint-url", "must be auto, off or a URL such as http://10.0.0.1:4566: " + text);
            return AUTO;
        }

        Fleet fleet() {
            return new Fleet(instances(), instanceType());
        }

        private int instances() {
            var text = text("container-instances");
            if (text.matches("\\d{1,3}")) {
                return Integer.parseInt(text);
            }
            problems.add("container-instances", "must be between 0 and 999: " + text);
            return 1;
        }

        private InstanceType instanceType() {
            var text = text("container-instance-type");
            return InstanceType.of(text).orElseGet(() -> {
                problems.add("container-instance-type", "not a type of the families c, m, r or t: " + text);
                return new InstanceType(text, 0, 0);
            });
        }

        Path dataFolder(int port) {
            var text = text("data-folder");
            var temporary = Path.of(System.getProperty("java.io.tmpdir"), "hakoniwa-" + port);
            try {
                var folder = text.isEmpty() ? temporary : Path.of(text).toAbsolutePath();
                if (Files.exists(folder) && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
                    problems.add("data-folder", "not a folder that can be written: " + folder);
                }
                return folder;
            } catch (InvalidPathException _) {
                problems.add("data-folder", "not a path: " + text);
                return temporary;
            }
        }

        String logLevel() {
            var text = text("log-level").toUpperCase(Locale.ROOT);
            if (!LOG_LEVELS.contains(text)) {
                problems.add("log-level", "must be one of ERROR, WARN, INFO, DEBUG, TRACE: " + text);
                return "INFO";
            }
            return text;
        }

        private String text(String name) {
            var option = OPTIONS.stream()
                    .filter(o -> o.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            return lookup.apply(option.property())
                    .map(String::strip)
                    .filter(given -> !given.isEmpty())
                    .orElse(option.usual());
        }
    }

    /// What `--help` says of the settings.
    static String help() {
        return OPTIONS.stream()
                .map(option -> "  --%-23s %-32s %s (default %s)"
                        .formatted(
                                option.name(),
                                option.variable(),
                                option.meaning(),
                                option.usual().isEmpty() ? "none" : option.usual()))
                .collect(Collectors.joining("\n"));
    }
}

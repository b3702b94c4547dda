package dev.hakoniwa.runtime;

import dev.hakoniwa.runtime.ContainerSpec.HealthCheck;
import dev.hakoniwa.runtime.ContainerSpec.Limits;
import dev.hakoniwa.runtime.ContainerSpec.Logging;
import dev.hakoniwa.runtime.ContainerSpec.Mount;
import dev.hakoniwa.runtime.ContainerSpec.Network;
import dev.hakoniwa.runtime.ContainerSpec.Options;
import dev.hakoniwa.runtime.ContainerSpec.PortBinding;
import dev.hakoniwa.runtime.ContainerSpec.Source;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes container specifications that differ from the default, or from another one, in a few members.
public final class SpecBuilder {
    private final String name;
    private final String image;
    private @Nullable List<String> entryPoint;
    private @Nullable List<String> command;
    private Map<String, String> environment;
    private Map<String, String> labels;
    private Network network;
    private List<PortBinding> ports;
    private List<Mount> mounts;
    private Limits limits;
    private final Map<String, Object> options = new HashMap<>();
    private @Nullable HealthCheck healthCheck;
    private @Nullable Logging logging;

    private SpecBuilder(ContainerSpec spec) {
        name = spec.name();
        image = spec.image();
        entryPoint = spec.entryPoint();
        command = spec.command();
        environment = spec.environment();
        labels = spec.labels();
        network = spec.network();
        ports = spec.ports();
        mounts = spec.mounts();
        limits = spec.limits();
        healthCheck = spec.healthCheck();
        logging = spec.logging();
        for (var option : Options.class.getRecordComponents()) {
            try {
                options.put(option.getName(), option.getAccessor().invoke(spec.options()));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static SpecBuilder from(ContainerSpec spec) {
        return new SpecBuilder(spec);
    }

    public SpecBuilder entryPoint(String... words) {
        entryPoint = List.of(words);
        return this;
    }

    public SpecBuilder command(String... words) {
        command = List.of(words);
        return this;
    }

    public SpecBuilder environment(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    public SpecBuilder labels(Map<String, String> newLabels) {
        labels = newLabels;
        return this;
    }

    public SpecBuilder on(Network newNetwork) {
        network = newNetwork;
        return this;
    }

    public SpecBuilder publishing(PortBinding... bindings) {
        ports = List.of(bindings);
        return this;
    }

    public SpecBuilder mounting(Mount... newMounts) {
        mounts = List.of(newMounts);
        return this;
    }

    public SpecBuilder volume(String volume, String path) {
        return mounting(new Mount(new Source.Volume(volume), path, false));
    }

    public SpecBuilder limits(Limits newLimits) {
        limits = newLimits;
        return this;
    }

    public SpecBuilder memory(long bytes) {
        return limits(new Limits(0, 0, bytes, 0, bytes, null, List.of(), ""));
    }

    public SpecBuilder group(String group) {
        return limits(new Limits(
                limits.cpuShares(),
                limits.cpus(),
                limits.memory(),
                limits.memoryReservation(),
                limits.memorySwap(),
                limits.swappiness(),
                limits.ulimits(),
                group));
    }

    public SpecBuilder checked(HealthCheck check) {
        healthCheck = check;
        return this;
    }

    public SpecBuilder logging(String driver, Map<String, String> driverOptions) {
        logging = new Logging(driver, driverOptions);
        return this;
    }

    /// Sets the member of [Options] that has this name.
    public SpecBuilder option(String member, Object value) {
        if (!options.containsKey(member)) {
            throw new IllegalArgumentException("no option " + member);
        }
        options.put(member, value);
        return this;
    }

    public ContainerSpec build() {
        return new ContainerSpec(
                name,
                image,
                entryPoint,
                command,
                environment,
                labels,
                network,
                ports,
                mounts,
                limits,
                options(),
                healthCheck,
                logging);
    }

    private Options options() {
        var members = Arrays.stream(Options.class.getRecordComponents())
                .map(member -> options.get(member.getName()))
                .toArray();
        try {
            return (Options) Options.class.getConstructors()[0].newInstance(members);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

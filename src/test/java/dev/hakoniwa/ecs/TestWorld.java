package dev.hakoniwa.ecs;

import dev.hakoniwa.runtime.Behaviour;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Health;
import dev.hakoniwa.runtime.Images.Login;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A world where nothing goes wrong but what a test has planned, by the name of a container in its task definition.
public final class TestWorld implements Behaviour {
    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, Health> findings = new HashMap<>();
    private final Map<String, String> createRefusals = new HashMap<>();
    private final Map<String, Runnable> meanwhile = new HashMap<>();
    private final Map<String, String> startRefusals = new HashMap<>();
    private final Map<String, EngineException> pullRefusals = new HashMap<>();

    private final Map<String, Login> logins = new HashMap<>();

    private boolean hidden;

    public void runs(String container, Run run) {
        runs.put(container, run);
    }

    /// What health checks find from now on.
    public void finds(String container, Health health) {
        findings.put(container, health);
    }

    public void refusesCreate(String container, String text) {
        createRefusals.put(container, text);
    }

    /// What happens just before the engine has created the container.
    public void whileCreating(String container, Runnable action) {
        meanwhile.put(container, action);
    }

    public void refusesStart(String container, String text) {
        startRefusals.put(container, text);
    }

    public void allowsStart(String container) {
        startRefusals.remove(container);
    }

    public void refusesPull(String image, String text) {
        pullRefusals.put(image, new EngineException(Kind.REFUSED, text));
    }

    /// The image's registry gives it only to who shows this login.
    public void wantsLogin(String image, Login login) {
        logins.put(image, login);
    }

    public void allowsPull(String image) {
        pullRefusals.remove(image);
    }

    /// Containers can't be reached at their own addresses.
    public void hidesContainers() {
        hidden = true;
    }

    @Override
    public boolean isRoutable() {
        return !hidden;
    }

    @Override
    public Optional<EngineException> refusePull(String reference, @Nullable Login login) {
        var wanted = logins.get(reference);
        return wanted == null || wanted.equals(login)
                ? Optional.ofNullable(pullRefusals.get(reference))
                : Optional.of(new EngineException(Kind.UNAUTHORIZED, "no basic auth credentials"));
    }

    @Override
    public Optional<EngineException> refuseCreate(ContainerSpec spec) {
        meanwhile.getOrDefault(name(spec), () -> {}).run();
        return Optional.ofNullable(createRefusals.get(name(spec))).map(text -> new EngineException(Kind.REFUSED, text));
    }

    @Override
    public Optional<EngineException> refuseStart(ContainerSpec spec) {
        return Optional.ofNullable(startRefusals.get(name(spec))).map(text -> new EngineException(Kind.REFUSED, text));
    }

    @Override
    public Run run(ContainerSpec spec) {
        return runs.getOrDefault(name(spec), Run.UNTIL_STOPPED);
    }

    @Override
    public Health check(ContainerSpec spec) {
        return findings.getOrDefault(name(spec), Health.HEALTHY);
    }

    static String name(ContainerSpec spec) {
        return spec.labels().getOrDefault("com.amazonaws.ecs.container-name", "");
    }
}

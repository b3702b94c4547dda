package dev.hakoniwa.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// The table of the operations that one service answers. It is the router's table, the source of the README's coverage
/// list, and the limit of what a native image holds.
public final class Operations {
    private final Service service;
    private final Map<String, Operation<?, ?>> byName = new LinkedHashMap<>();

    private final Set<String> restNames;
    private final BiFunction<Call, WireRequest, WireResponse> rest;

    private Operations(Service service, Set<String> restNames, BiFunction<Call, WireRequest, WireResponse> rest) {
        this.service = service;
        this.restNames = restNames;
        this.rest = rest;
    }

    public static Operations of(Service service) {
        return new Operations(service, Set.of(), (_, request) -> {
            throw new IllegalStateException("not for a REST service: " + request.path());
        });
    }

    /// The operations of a service that tells its requests apart, reads and answers them itself, errors included.
    public static Operations rest(
            Service service, Set<String> names, BiFunction<Call, WireRequest, WireResponse> answer) {
        return new Operations(service, names, answer);
    }

    /// Adds an operation: its name, its request's builder, and what answers it.
    public <I extends SdkPojo, B extends SdkPojo & SdkBuilder<B, I>, O extends SdkPojo> Operations on(
            String name, Supplier<B> request, BiFunction<Call, I, O> answer) {
        byName.put(name, new Operation<>(name, request, SdkBuilder::build, answer, true));
        return this;
    }

    /// Adds an operation that blocks, as one does that writes a file. It isn't run as a step but makes its own.
    public <I extends SdkPojo, B extends SdkPojo & SdkBuilder<B, I>, O extends SdkPojo> Operations onBlocking(
            String name, Supplier<B> request, BiFunction<Call, I, O> answer) {
        byName.put(name, new Operation<>(name, request, SdkBuilder::build, answer, false));
        return this;
    }

    public Service service() {
        return service;
    }

    public Set<String> names() {
        return restNames.isEmpty() ? byName.keySet() : restNames;
    }

    WireResponse answer(Call call, WireRequest request) {
        return rest.apply(call, request);
    }

    Optional<Operation<?, ?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}

package dev.hakoniwa.aws;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/// One operation: how its request is made and who answers it.
///
/// @param isStep whether it's answered within one step; else it makes its own
record Operation<B extends SdkPojo, I>(
        String name,
        Supplier<B> builder,
        Function<B, I> build,
        BiFunction<Call, I, ? extends SdkPojo> answer,
        boolean isStep) {}

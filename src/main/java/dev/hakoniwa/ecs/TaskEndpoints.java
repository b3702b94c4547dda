package dev.hakoniwa.ecs;

import org.jspecify.annotations.Nullable;

/// Where tasks find the agent and the API.
public interface TaskEndpoints {
    /// Where SDKs look for the agent that are given a path alone.
    String USUAL_AGENT = "http://169.254.170.2";

    /// Makes sure that tasks reach them, and tells where. Blocks; it is asked before every container.
    Addresses open();

    /// What is null can't be reached, or is not to be told.
    ///
    /// @param agent such as [#USUAL_AGENT]
    /// @param api for AWS_ENDPOINT_URL
    record Addresses(@Nullable String agent, @Nullable String api) {
        public static final Addresses NONE = new Addresses(null, null);
    }
}

package dev.hakoniwa.app;

/// What a shell evaluates for AWS tools to talk to the emulator.
final class Exports {
    private Exports() {}

    /// The key is no account's id, so that calls belong to the configured account. The endpoint's name is the one that
    /// image references have.
    static String of(Settings settings) {
        var endpoint = settings.endpoint().replace("//127.0.0.1:", "//localhost:");
        return """
                export AWS_ENDPOINT_URL="%s"
                export AWS_ACCESS_KEY_ID="test"
                export AWS_SECRET_ACCESS_KEY="test"
                export AWS_REGION="%s"
                export AWS_DEFAULT_REGION="%2$s\"""".formatted(endpoint, settings.region());
    }
}

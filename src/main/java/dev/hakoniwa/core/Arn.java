package dev.hakoniwa.core;

import java.util.Optional;

/// An Amazon Resource Name, in its six parts. Region and account are empty where the service has none.
public record Arn(String partition, String service, String region, String account, String resource) {

    public static Optional<Arn> parse(String text) {
        var parts = text.split(":", 6);
        if (parts.length != 6 || !parts[0].equals("arn") || parts[2].isEmpty() || parts[5].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]));
    }

    /// The resource's type: what stands before the first `/` or `:`.
    public String resourceType() {
        return resource.split("[/:]", 2)[0];
    }

    /// What stands behind the resource's type; the whole resource where there is no type.
    public String resourceId() {
        var parts = resource.split("[/:]", 2);
        return parts.length == 2 ? parts[1] : resource;
    }

    public boolean isIn(Scope scope) {
        return region.equals(scope.region().name())
                && account.equals(scope.account().value());
    }

    @Override
    public String toString() {
        return String.join(":", "arn", partition, service, region, account, resource);
    }
}

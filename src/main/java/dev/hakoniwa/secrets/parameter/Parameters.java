package dev.hakoniwa.secrets.parameter;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every parameter by its name, and how one of its versions is found: `name`, `name:3`, `name:label`, or the
/// parameter's ARN in the place of its name.
final class Parameters {
    private static final String SERVICE = "ssm";
    private static final String RESOURCE = "parameter";

    private final Table<KeptParameter> rows;

    Parameters(Tables tables) {
        rows = tables.table("parameter");
    }

    /// A version that was asked for.
    ///
    /// @param selector what stood behind the name, with its `:`; empty for the latest version
    record Found(KeptParameter parameter, KeptVersion version, String selector) {}

    static String arn(Scope scope, String name) {
        var slash = name.startsWith("/") ? "" : "/";
        return scope.arn(SERVICE, RESOURCE + slash + name).toString();
    }

    KeptParameter put(Scope scope, KeptParameter parameter) {
        return rows.put(scope, parameter.name(), parameter);
    }

    boolean remove(Scope scope, String name) {
        return rows.remove(scope, named(scope, name)).isPresent();
    }

    List<KeptParameter> all(Scope scope) {
        return rows.all(scope);
    }

    /// The parameters whose names begin so.
    List<KeptParameter> startingWith(Scope scope, String prefix) {
        return rows.startingWith(scope, prefix);
    }

    Optional<KeptParameter> find(Scope scope, String name) {
        return rows.find(scope, named(scope, name));
    }

    KeptParameter meant(Scope scope, @Nullable String name) {
        return find(scope, Errors.present(name, "name")).orElseThrow(Errors::notFound);
    }

    Found read(Scope scope, @Nullable String reference) {
        var name = named(scope, Errors.present(reference, "name"));
        var colon = name.indexOf(':');
        if (colon < 0) {
            var parameter = rows.find(scope, name).orElseThrow(Errors::notFound);
            return new Found(parameter, parameter.latest(), "");
        }
        var parameter = rows.find(scope, name.substring(0, colon)).orElseThrow(Errors::notFound);
        var selector = name.substring(colon + 1);
        var version = (isNumber(selector) ? parameter.numbered(Long.parseLong(selector)) : parameter.labelled(selector))
                .orElseThrow(() -> Errors.versionNotFound(parameter.name(), selector));
        return new Found(parameter, version, ":" + selector);
    }

    /// The version, if the reference leads to one.
    Optional<Found> tryRead(Scope scope, String reference) {
        try {
            return Optional.of(read(scope, reference));
        } catch (AwsError _) {
            return Optional.empty();
        }
    }

    /// The name in an ARN of the scope, which has its `/` only once; any other text is a name itself.
    private String named(Scope scope, String reference) {
        var resource = Arn.parse(reference)
                .filter(arn -> arn.service().equals(SERVICE) && arn.isIn(scope))
                .map(Arn::resource)
                .filter(text -> text.startsWith(RESOURCE + "/"));
        if (resource.isEmpty()) {
            return reference;
        }
        var path = resource.get().substring(RESOURCE.length());
        var bare = path.substring(1);
        return rows.contains(scope, bare.split(":", 2)[0]) ? bare : path;
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,18}");
    }
}

package dev.hakoniwa.ecr;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Page;
import dev.hakoniwa.core.Scope;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The checks that ECR's operations open with.
public final class Constraints {
    private static final int LARGEST_PAGE = 1000;
    private static final int USUAL_PAGE = 100;

    /// What a repository may be called. ECR's message still shows the older, narrower form.
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*+(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*+)*+");

    private static final String NAME_SAID = "(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*";
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private Constraints() {}

    public static <T> T present(@Nullable T value, String member) {
        if (value == null) {
            throw Errors.invalidParameter(member, "must not be null");
        }
        return value;
    }

    public static String text(@Nullable String value, String member, int shortest, int longest) {
        var text = present(value, member);
        if (text.length() < shortest) {
            throw Errors.invalidParameter(member, "must have length greater than or equal to " + shortest);
        }
        if (text.length() > longest) {
            throw Errors.invalidParameter(member, "must have length less than or equal to " + longest);
        }
        return text;
    }

    public static void matches(String value, String member, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw Errors.invalidParameter(member, "must satisfy regular expression '" + pattern + "'");
        }
    }

    public static <T extends Collection<?>> T size(T values, String member, int fewest, int most) {
        if (values.size() < fewest) {
            throw Errors.invalidParameter(member, "Member must have length greater than or equal to " + fewest);
        }
        if (values.size() > most) {
            throw Errors.invalidParameter(member, "Member must have length less than or equal to " + most);
        }
        return values;
    }

    /// A value of an enumeration, or null; `known` are those the API knows.
    public static <E extends Enum<E>> void known(@Nullable E value, String member, Set<E> known) {
        if (value != null && !known.contains(value)) {
            var names = known.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
            throw Errors.invalidParameter(member, "Member must satisfy enum value set: " + names);
        }
    }

    /// Whether a repository may be called so.
    public static boolean isRepositoryName(String name) {
        return name.length() >= 2 && name.length() <= 256 && NAME.matcher(name).matches();
    }

    /// Whether an image may be tagged so.
    public static boolean isTag(String tag) {
        return TAG.matcher(tag).matches();
    }

    public static void tag(String tag) {
        if (!isTag(tag)) {
            throw Errors.invalidParameter("imageTag", "must satisfy regular expression '" + TAG + "'");
        }
    }

    /// The registry an operation is about: the caller's, unless it names another account's.
    public static Scope registry(Call call, @Nullable String registryId) {
        if (registryId == null) {
            return call.scope();
        }
        if (!AccountId.isAccountId(registryId)) {
            throw Errors.invalidParameter("registryId", "must satisfy regular expression '[0-9]{12}'");
        }
        return new Scope(new AccountId(registryId), call.region());
    }

    public static RepositoryKey repository(Call call, @Nullable String registryId, @Nullable String repositoryName) {
        return new RepositoryKey(registry(call, registryId), repositoryName(repositoryName));
    }

    public static String repositoryName(@Nullable String value) {
        var name = text(value, "repositoryName", 2, 256);
        if (!isRepositoryName(name)) {
            throw Errors.invalidParameter("repositoryName", "must satisfy regular expression '" + NAME_SAID + "'");
        }
        return name;
    }

    public static Page.Request page(@Nullable String token, @Nullable Integer maxResults) {
        return page(token, maxResults, LARGEST_PAGE);
    }

    public static Page.Request page(@Nullable String token, @Nullable Integer maxResults, int largest) {
        if (maxResults == null) {
            return new Page.Request(token, Math.min(USUAL_PAGE, largest));
        }
        if (maxResults < 1) {
            throw Errors.invalidParameter("maxResults", "must have value greater than or equal to 1");
        }
        if (maxResults > largest) {
            throw Errors.invalidParameter("maxResults", "must have value less than or equal to " + largest);
        }
        return new Page.Request(token, maxResults);
    }

    /// A listing by name has no pages.
    public static void noPage(@Nullable String token, @Nullable Integer maxResults, String named) {
        if (token != null) {
            throw Errors.invalidParameter("nextToken", "must be null when " + named + " is specified");
        }
        if (maxResults != null) {
            throw Errors.invalidParameter("maxResults", "must be null when " + named + " is specified");
        }
    }
}

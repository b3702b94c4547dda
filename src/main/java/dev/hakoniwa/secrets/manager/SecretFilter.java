package dev.hakoniwa.secrets.manager;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.model.Filter;

/// What ListSecrets and BatchGetSecretValue filter by: every filter must hold, of whose values one must be the
/// beginning of what the secret has. A value that begins with `!` excludes.
final class SecretFilter {
    private SecretFilter() {}

    static Predicate<Secret> of(List<Filter> filters) {
        return filters.stream().map(SecretFilter::of).reduce(_ -> true, Predicate::and);
    }

    private static Predicate<Secret> of(Filter filter) {
        if (filter.values().isEmpty()) {
            throw Errors.validation("1 validation error detected: Value at 'filters' failed to satisfy constraint:"
                    + " Member must have a value");
        }
        var key = Errors.present(filter.key(), "filters.key");
        return secret -> filter.values().stream().anyMatch(value -> switch (key) {
            case NAME -> begins(Stream.of(secret.name()), value);
            case DESCRIPTION -> begins(lower(Stream.of(description(secret))), value.toLowerCase(Locale.ROOT));
            case TAG_KEY -> begins(secret.about().tags().keySet().stream(), value);
            case TAG_VALUE -> begins(secret.about().tags().values().stream(), value);
            case ALL -> words(value).allMatch(word -> contains(secret, word));
            case PRIMARY_REGION, OWNING_SERVICE -> value.startsWith("!");
            case UNKNOWN_TO_SDK_VERSION -> throw unknown(filter.keyAsString());
        });
    }

    private static boolean begins(Stream<String> texts, String value) {
        return value.startsWith("!")
                ? texts.noneMatch(text -> text.startsWith(value.substring(1)))
                : texts.anyMatch(text -> text.startsWith(value));
    }

    private static Stream<String> words(String value) {
        return lower(Stream.of(value.split("[ /_+=.@-]+"))).filter(word -> !word.isEmpty());
    }

    private static boolean contains(Secret secret, String word) {
        var tags = secret.about().tags();
        var texts = Stream.of(
                Stream.of(secret.name(), description(secret)), tags.keySet().stream(), tags.values().stream());
        return lower(texts.flatMap(all -> all)).anyMatch(text -> text.contains(word));
    }

    private static String description(Secret secret) {
        var description = secret.about().description();
        return description == null ? "" : description;
    }

    private static Stream<String> lower(Stream<String> texts) {
        return texts.map(text -> text.toLowerCase(Locale.ROOT));
    }

    private static RuntimeException unknown(String key) {
        return Errors.validation(("1 validation error detected: Value '%s' at 'filters.1.member.key' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [all, name, tag-key, description, tag-value,"
                        + " primary-region, owning-service]")
                .formatted(key));
    }
}

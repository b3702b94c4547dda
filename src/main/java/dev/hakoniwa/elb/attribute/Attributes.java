package dev.hakoniwa.elb.attribute;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.Constraints;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.Errors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiFunction;

/// All attributes of one kind of resource.
public final class Attributes {
    private final String kind;
    private final SequencedMap<String, Attribute> all = new LinkedHashMap<>();

    /// All attributes of a kind, in the order in which they are told.
    ///
    /// @param kind such as `Load balancer`
    Attributes(String kind, List<Attribute> attributes) {
        this.kind = kind;
        attributes.forEach(attribute -> all.put(attribute.key(), attribute));
    }

    /// Every attribute of a resource with its value, in their order.
    public Values of(ElbTables kept, Scope scope, String arn) {
        return values(kept.attributesOf(scope, arn));
    }

    Values values(Map<String, String> set) {
        var values = new LinkedHashMap<String, String>();
        all.forEach((key, attribute) -> values.put(key, set.getOrDefault(key, attribute.initial())));
        return new Values(values);
    }

    /// What somebody asks for, as far as it is said correctly.
    Map<String, String> checked(List<Pair> wanted) {
        var checked = new LinkedHashMap<String, String>();
        for (var pair : wanted) {
            var key = Constraints.present("attributes." + (checked.size() + 1) + ".member.key", pair.key());
            var attribute = all.get(key);
            if (attribute == null) {
                throw Errors.validation("%s attribute key '%s' is not recognized".formatted(kind, key));
            }
            var value = pair.value() == null ? "" : pair.value();
            if (!attribute.allowed().test().test(value)) {
                throw Errors.validation("'%s' value '%s' must be %s"
                        .formatted(key, value, attribute.allowed().form()));
            }
            if (checked.put(key, value) != null) {
                throw Errors.validation("Attribute key '%s' was specified multiple times".formatted(key));
            }
        }
        return checked;
    }

    /// A key and a value as a request says them.
    record Pair(
            @org.jspecify.annotations.Nullable String key,
            @org.jspecify.annotations.Nullable String value) {}

    /// Every attribute of one resource with its value.
    public record Values(SequencedMap<String, String> byKey) {
        public String text(String key) {
            var value = byKey.get(key);
            if (value == null) {
                throw new IllegalArgumentException("no attribute " + key);
            }
            return value;
        }

        public boolean flag(String key) {
            return Boolean.parseBoolean(text(key));
        }

        public int number(String key) {
            return Integer.parseInt(text(key));
        }

        public Duration seconds(String key) {
            return Duration.ofSeconds(number(key));
        }

        /// The number, or 0 where it says `off`.
        public int numberUnlessOff(String key) {
            return text(key).equals("off") ? 0 : number(key);
        }

        <T> List<T> each(BiFunction<String, String, T> make) {
            var list = new ArrayList<T>();
            byKey.forEach((key, value) -> list.add(make.apply(key, value)));
            return list;
        }
    }
}

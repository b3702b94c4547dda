package dev.hakoniwa.iam;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.Role;

/// A role: its shape, whose trust policy is as it was sent, and its policies.
///
/// @param inline the texts of the policies within it, by their names
/// @param attached the names of the policies attached to it, by their ARNs
record KeptRole(Role shape, SortedMap<String, String> inline, SortedMap<String, String> attached) {
    private static final String SERVICE_LINKED = "/aws-service-role/";

    KeptRole {
        inline = Collections.unmodifiableSortedMap(inline);
        attached = Collections.unmodifiableSortedMap(attached);
    }

    static KeptRole of(Role shape) {
        return new KeptRole(shape, new TreeMap<>(), new TreeMap<>());
    }

    String name() {
        return shape.roleName();
    }

    boolean isServiceLinked() {
        return shape.path().startsWith(SERVICE_LINKED);
    }

    KeptRole with(Role other) {
        return new KeptRole(other, inline, attached);
    }

    KeptRole withInline(String name, String document) {
        return new KeptRole(shape, with(inline, name, document), attached);
    }

    KeptRole withoutInline(String name) {
        return new KeptRole(shape, without(inline, name), attached);
    }

    KeptRole withAttached(String arn, String name) {
        return new KeptRole(shape, inline, with(attached, arn, name));
    }

    KeptRole withoutAttached(String arn) {
        return new KeptRole(shape, inline, without(attached, arn));
    }

    private static SortedMap<String, String> with(Map<String, String> map, String key, String value) {
        var copy = new TreeMap<>(map);
        copy.put(key, value);
        return copy;
    }

    private static SortedMap<String, String> without(Map<String, String> map, String key) {
        var copy = new TreeMap<>(map);
        copy.remove(key);
        return copy;
    }
}

package dev.hakoniwa.aws.shapes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// The members of one of the SDK's classes; worked out once a class.
final class Shape {
    private static final Map<Class<?>, Shape> KNOWN = new ConcurrentHashMap<>();

    private final List<Member> members;
    private final Map<String, Member> byName = new HashMap<>();

    private Shape(List<SdkField<?>> fields) {
        members = fields.stream().map(Member::new).toList();
        members.forEach(member -> byName.put(member.name(), member));
    }

    static Shape of(SdkPojo pojo) {
        var known = KNOWN.get(pojo.getClass());
        return known != null ? known : KNOWN.computeIfAbsent(pojo.getClass(), _ -> new Shape(pojo.sdkFields()));
    }

    List<Member> members() {
        return members;
    }

    @Nullable
    Member find(String name) {
        return byName.get(name);
    }

    /// The flat list whose elements are called `name`: some awsQuery clients call the list so.
    @Nullable
    Member findFlat(String name) {
        for (var member : members) {
            var type = member.type();
            if (type.kind() == Type.Kind.LIST
                    && type.names().flat()
                    && type.names().first().equals(name)) {
                return member;
            }
        }
        return null;
    }
}

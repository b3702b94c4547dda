package dev.hakoniwa.elb.attribute;

/// An attribute of a resource: what it is called, what it is until somebody sets it, and what it may be.
record Attribute(String key, String initial, Allowed allowed) {
    static Attribute flag(String key, boolean initial) {
        return new Attribute(key, Boolean.toString(initial), Allowed.oneOf("true", "false"));
    }

    static Attribute number(String key, int initial, int min, int max) {
        return new Attribute(key, Integer.toString(initial), Allowed.between(min, max));
    }

    static Attribute text(String key) {
        return new Attribute(key, "", Allowed.anything());
    }
}

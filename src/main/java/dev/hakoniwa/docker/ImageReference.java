package dev.hakoniwa.docker;

/// An image's name and what says which one of that name: a tag or a digest.
record ImageReference(String name, String version) {
    /// A reference without tag and digest means `latest`; with both, the digest counts, as for `docker pull`.
    static ImageReference of(String reference) {
        var at = reference.indexOf('@');
        if (at >= 0) {
            return new ImageReference(withoutTag(reference.substring(0, at)), reference.substring(at + 1));
        }
        var name = withoutTag(reference);
        var tag = reference.substring(name.length());
        return new ImageReference(name, tag.isEmpty() ? "latest" : tag.substring(1));
    }

    /// Whether Docker means the same repository by this name.
    boolean isSameRepository(String otherName) {
        return familiar(name).equals(familiar(otherName));
    }

    private static String withoutTag(String reference) {
        var colon = reference.indexOf(':', reference.lastIndexOf('/') + 1);
        return colon < 0 ? reference : reference.substring(0, colon);
    }

    private static String familiar(String name) {
        var short1 = name.startsWith("index.docker.io/") ? name.substring("index.".length()) : name;
        var short2 = short1.startsWith("docker.io/") ? short1.substring("docker.io/".length()) : short1;
        return short2.startsWith("library/") ? short2.substring("library/".length()) : short2;
    }
}

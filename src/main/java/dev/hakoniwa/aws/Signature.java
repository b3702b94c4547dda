package dev.hakoniwa.aws;

import dev.hakoniwa.core.Region;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

/// What a request's signature says of who sent it and where it was to go. The signature itself is not checked.
///
/// @param region the region of the credential scope
/// @param service the service of the credential scope, by its signing name
record Signature(String accessKeyId, Region region, String service) {
    private static final Pattern PRESIGNED = Pattern.compile("(?:^|&)X-Amz-Credential=([^&]*)");

    /// The signature in the `Authorization` header or in the query of a presigned request; none if it is not there or
    /// not in the form of AWS's version 4.
    static Optional<Signature> of(WireRequest request) {
        return request.header("authorization").map(Signature::inHeader).orElseGet(() -> inQuery(request.query()));
    }

    private static Optional<Signature> inHeader(String authorization) {
        var words = new StringTokenizer(authorization, " \t,=");
        while (words.hasMoreTokens()) {
            if (words.nextToken().equals("Credential") && words.hasMoreTokens()) {
                return parse(words.nextToken());
            }
        }
        return Optional.empty();
    }

    private static Optional<Signature> inQuery(String query) {
        var parameter = PRESIGNED.matcher(query);
        return parameter.find() ? parse(parameter.group(1).replaceAll("(?i)%2f", "/")) : Optional.empty();
    }

    private static Optional<Signature> parse(String credential) {
        var parts = credential.split("/", -1);
        if (parts.length != 5 || parts[0].isEmpty() || !Region.isRegion(parts[2])) {
            return Optional.empty();
        }
        return Optional.of(new Signature(parts[0], new Region(parts[2]), parts[3]));
    }
}

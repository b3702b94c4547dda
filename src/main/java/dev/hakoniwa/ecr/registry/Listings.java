package dev.hakoniwa.ecr.registry;

import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecr.Ecr;
import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.ecr.image.Images;
import dev.hakoniwa.ecr.image.Manifest;
import dev.hakoniwa.ecr.image.StoredImage;
import dev.hakoniwa.ecr.repository.Repositories;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `/v2/_catalog`, `/v2/NAME/tags/list` and `/v2/NAME/referrers/DIGEST`.
final class Listings {
    private static final int MOST = 1000;

    private final Tables tables;
    private final Repositories repositories;
    private final Images images;

    Listings(Ecr ecr) {
        this.tables = ecr.foundation().tables();
        this.repositories = ecr.repositories();
        this.images = ecr.images();
    }

    Answer catalog(Exchange exchange) {
        mustBeGet(exchange);
        var names = tables.write(() -> repositories.all(exchange.registry())).stream()
                .map(repository -> repository.repositoryName())
                .toList();
        var page = page(exchange, names);
        var answer = Answer.json(200, Json.object(json -> json.put("repositories", page.items())));
        return linked(answer, page, "/v2/_catalog");
    }

    Answer tags(Exchange exchange, Route.Tags route) {
        mustBeGet(exchange);
        var repository = exchange.repository(route.name());
        var tags = tables.write(() -> {
            repositories.mustExist(repository);
            return images.tags(repository);
        });
        var page = page(exchange, tags);
        var answer = Answer.json(
                200, Json.object(json -> json.put("name", route.name()).put("tags", page.items())));
        return linked(answer, page, "/v2/%s/tags/list".formatted(route.name()));
    }

    Answer referrers(Exchange exchange, Route.Referrers route) {
        mustBeGet(exchange);
        var repository = exchange.repository(route.name());
        var subject = Digest.parse(route.digest())
                .orElseThrow(() -> RegistryError.digestInvalid("provided digest is no sha256 digest"));
        var wanted = exchange.parameter("artifactType");
        var referrers = tables.write(() -> {
            repositories.mustExist(repository);
            return images.referrers(repository, subject);
        });
        var given = referrers.stream()
                .filter(StoredImage::isActive)
                .filter(image -> wanted.isEmpty() || image.manifest().kind().equals(wanted))
                .map(Listings::descriptor)
                .toList();
        var index = Json.object(json -> json.put("schemaVersion", 2)
                .put("mediaType", Manifest.OCI_INDEX)
                .putObjects("manifests", given));
        var answer = Answer.text(200, Manifest.OCI_INDEX, index);
        return wanted.isEmpty() ? answer : answer.with("OCI-Filters-Applied", "artifactType");
    }

    private static Json.Members descriptor(StoredImage image) {
        var manifest = image.manifest();
        return json -> {
            json.put("mediaType", manifest.mediaType())
                    .put("digest", manifest.digest().toString())
                    .put("size", manifest.bytes().length);
            manifest.kind().ifPresent(kind -> json.put("artifactType", kind));
            if (!manifest.annotations().isEmpty()) {
                json.put("annotations", manifest.annotations());
            }
        };
    }

    private static void mustBeGet(Exchange exchange) {
        if (!exchange.method().equals("GET") && !exchange.isHead()) {
            throw RegistryError.unsupported();
        }
    }

    private record Cut(List<String> items, int size, boolean hasMore) {}

    private static Cut page(Exchange exchange, List<String> sorted) {
        var size = exchange.parameter("n").map(Listings::size).orElse(MOST);
        var last = exchange.parameter("last").orElse("");
        var rest = sorted.stream().filter(item -> item.compareTo(last) > 0).toList();
        return new Cut(rest.stream().limit(size).toList(), size, size > 0 && rest.size() > size);
    }

    private static int size(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw RegistryError.pageInvalid();
        }
        return Math.min(MOST, Integer.parseInt(text));
    }

    private static Answer linked(Answer answer, Cut page, String path) {
        if (!page.hasMore()) {
            return answer;
        }
        var last = URLEncoder.encode(page.items().getLast(), StandardCharsets.UTF_8);
        return answer.with("Link", "<%s?n=%d&last=%s>; rel=\"next\"".formatted(path, page.size(), last));
    }
}

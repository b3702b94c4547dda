package dev.hakoniwa.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Speaks AWS's protocols to an emulator, as plain text.
final class Aws {
    static final String ECS = "AmazonEC2ContainerServiceV20141113.";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final URI endpoint;

    Aws(int port) {
        endpoint = URI.create("http://127.0.0.1:" + port + "/");
    }

    String ecs(String operation, String json) throws IOException, InterruptedException {
        return json("ecs", ECS + operation, json);
    }

    String json(String service, String target, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", target)
                .header("Authorization", authorization(service))
                .POST(BodyPublishers.ofString(json)));
    }

    /// Elastic Load Balancing and EC2 take forms.
    String form(String service, String form) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", authorization(service))
                .POST(BodyPublishers.ofString(form)));
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = CLIENT.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /// Emulators find the service in it, and don't check the signature.
    static String authorization(String service) {
        return "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/" + service
                + "/aws4_request, SignedHeaders=host, Signature=0";
    }

    /// All that the pattern's group finds in an answer.
    static List<String> all(String pattern, String answer) {
        return Pattern.compile(pattern)
                .matcher(answer)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    static String first(String pattern, String answer) {
        return all(pattern, answer).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + pattern + " in " + answer));
    }

    static List<String> taskArns(String answer) {
        return all("\"taskArn\" ?: ?\"([^\"]+)\"", answer);
    }

    static String quoted(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').toList().toString();
    }

    /// Asks until the answer is as wanted.
    void await(String operation, String json, Predicate<String> wanted) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE_NANOS;
        var answer = ecs(operation, json);
        while (!wanted.test(answer)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("waited in vain: " + answer);
            }
            Thread.sleep(2);
            answer = ecs(operation, json);
        }
    }

    /// Waits until every task has this status.
    void awaitTasks(String cluster, List<String> arns, String status) throws IOException, InterruptedException {
        var wanted = "\"lastStatus\":\"" + status + "\",\"launchType\"";
        for (var from = 0; from < arns.size(); from += 100) {
            var some = arns.subList(from, Math.min(from + 100, arns.size()));
            await(
                    "DescribeTasks",
                    "{\"cluster\": \"%s\", \"tasks\": %s}".formatted(cluster, quoted(some)),
                    answer -> count(wanted, answer) == some.size());
        }
    }

    static int count(String text, String answer) {
        return answer.split(Pattern.quote(text), -1).length - 1;
    }
}

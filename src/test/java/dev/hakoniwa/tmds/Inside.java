package dev.hakoniwa.tmds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hakoniwa.aws.Credentials;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import dev.hakoniwa.iam.Iam;
import dev.hakoniwa.iam.StsApi;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.InMemoryAws;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.sts.StsClient;

/// What containers of an emulator in memory find at 169.254.170.2.
@InJvm("an emulator inside the JVM")
final class Inside {
    static final String ROLE = "arn:aws:iam::000000000000:role/app";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MACHINE = "127.0.0.1";

    private final Story story = Story.calm();
    private final AtomicLong nanos = new AtomicLong();
    private final InMemoryAws sts;
    private final TaskEndpoint endpoint;

    Inside() {
        var aws = story.aws();
        var iam = new Iam(aws.tables(), aws.foundation().ids(), aws.time());
        var credentials = iam.credentials(Credentials.rootOfAccounts(TestEmulator.SCOPE.account()));
        sts = new InMemoryAws(aws.tables(), aws.time(), credentials, StsApi.operations(iam));
        endpoint = new TaskEndpoint(aws.foundation(), aws.agent(), iam.roles(), nanos::get);
    }

    Story story() {
        return story;
    }

    /// Lets the world's time pass, which is not the emulator's.
    void letWorldPass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /// The variables of a container.
    Map<String, String> environment(Task task, String container) {
        return story.aws().engine().spec(story.id(task, container)).environment();
    }

    String variable(Task task, String container, String name) {
        return Objects.requireNonNull(environment(task, container).get(name), name);
    }

    /// The private address of an awsvpc task.
    String address(Task task) {
        return story.now(task).attachments().stream()
                .flatMap(attachment -> attachment.details().stream())
                .filter(detail -> detail.name().equals("privateIPv4Address"))
                .map(KeyValuePair::value)
                .findFirst()
                .orElseThrow();
    }

    /// Where an awsvpc or bridge task's container asks from.
    String source(Task task, String container) {
        return Stream.of(story.onEngine(task, container).address())
                .filter(address -> !address.isEmpty())
                .findFirst()
                .orElseGet(() -> address(task));
    }

    /// What a container gets for a URL of its environment and what is appended to it.
    Answer get(Task task, String container, String variable, String rest) {
        var url = URI.create(variable(task, container, variable) + rest);
        return get(source(task, container), url.getPath());
    }

    Answer get(String source, String path) {
        return send(source, "GET", path, "");
    }

    Answer getFromMachine(String path) {
        return get(MACHINE, path);
    }

    Answer send(String source, String method, String path, String body) {
        return endpoint.answer(new Ask(source, method, path, Map.of(), body));
    }

    /// What the agent tells of itself and of the tasks of its instance.
    Answer introspect(String source, String path, Map<String, String> query) {
        return endpoint.introspection(new Ask(source, "GET", path, query, ""));
    }

    Answer send(Ask ask) {
        return endpoint.answer(ask);
    }

    /// Credentials by the path of the container's environment.
    JsonNode credentials(Task task, String container) {
        return json(get(source(task, container), variable(task, container, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")));
    }

    /// Who a caller with these credentials is.
    String caller(JsonNode credentials) {
        var session = AwsSessionCredentials.create(
                credentials.path("AccessKeyId").asText(),
                credentials.path("SecretAccessKey").asText(),
                credentials.path("Token").asText());
        return sts.client(StsClient.builder(), new Region("us-east-1"), session)
                .getCallerIdentity()
                .arn();
    }

    static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(answer.body(), e);
        }
    }
}

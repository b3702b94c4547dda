package dev.hakoniwa.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecr.TestEcr;
import dev.hakoniwa.ecr.TestImage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthenticationTest {
    @TempDir
    private Path folder;

    private TestRegistry registry;

    @BeforeEach
    void start() {
        registry = new TestRegistry(folder);
        registry.aws().client().createRepository(r -> r.repositoryName("app"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aTokenLetsIn() {
        var answer = registry.get("/v2/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(answer.headers().firstValue("Docker-Distribution-Api-Version"))
                .hasValue("registry/2.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/", "/v2", "/v2/app/tags/list", "/v2/nope", "/v2/_catalog"})
    void whoHasNoTokenIsChallenged(String path) {
        registry.authorize("");

        var answer = registry.get(path);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("Not Authorized");
        assertThat(answer.headers().firstValue("Www-Authenticate"))
                .hasValue("Basic realm=\"https://127.0.0.1:%d/\",service=\"ecr.amazonaws.com\""
                        .formatted(registry.port()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS:", "AWS:password", "admin:admin", "AWS", "", "AWS:MDAwMC91cy1lYXN0LTEvMS94"})
    void aPasswordMustBeOurs(String login) {
        registry.authorize("Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));

        assertThat(registry.get("/v2/").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer token", "Basic", "Basic %%%", "AWS4-HMAC-SHA256 Credential=x"})
    void otherAuthorizationsAreNone(String header) {
        registry.authorize(header);

        assertThat(registry.get("/v2/").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenThatWasTamperedWithIsNone() {
        var password = new String(
                Base64.getDecoder().decode(registry.token(TestEcr.ACCOUNT, TestEcr.REGION)), StandardCharsets.UTF_8);
        var claim = new String(Base64.getDecoder().decode(password.substring(4)), StandardCharsets.UTF_8);
        var forged = Base64.getEncoder()
                .encodeToString(claim.replace(TestEcr.ACCOUNT, "111111111111").getBytes(StandardCharsets.UTF_8));

        registry.authorize(
                "Basic " + Base64.getEncoder().encodeToString(("AWS:" + forged).getBytes(StandardCharsets.UTF_8)));

        assertThat(registry.get("/v2/").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenExpiresAfterTwelveHours() {
        registry.aws().time().advance(Duration.ofHours(12).minusSeconds(1));
        var before = registry.get("/v2/");

        registry.aws().time().advance(Duration.ofSeconds(1));

        var after = registry.get("/v2/");
        assertThat(before.statusCode()).isEqualTo(200);
        assertThat(after.statusCode()).isEqualTo(403);
        assertThat(after.body())
                .isEqualTo(
                        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"Your authorization token has expired. Reauthenticate and try again.\",\"detail\":{}}]}");
    }

    @Test
    void aNameWithoutARegistryIsOfTheTokensRegistry() {
        registry.aws().client("111111111111", "eu-west-1").createRepository(r -> r.repositoryName("theirs"));
        registry.authorize(registry.login("111111111111", "eu-west-1"));

        assertThat(registry.get("/v2/theirs/tags/list").statusCode()).isEqualTo(200);
        assertThat(registry.get("/v2/app/tags/list").statusCode()).isEqualTo(404);
        assertThat(registry.get("/v2/000000000000.dkr.ecr.us-east-1/app/tags/list")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "111111111111.dkr.ecr.eu-west-1.localhost, 200",
        "111111111111.dkr.ecr.eu-west-1.amazonaws.com, 200",
        "111111111111.dkr.ecr.us-east-1.localhost, 404",
        "localhost, 404"
    })
    void aHostNamesItsRegistry(String host, int status) {
        registry.aws().client("111111111111", "eu-west-1").createRepository(r -> r.repositoryName("theirs"));

        var answer = RawHttp.exchange(
                registry, """
                GET /v2/theirs/tags/list HTTP/1.1\r
                Host: %s:%d\r
                Authorization: %s\r
                Connection: close\r
                \r
                """.formatted(host, registry.port(), registry.login(TestEcr.ACCOUNT, TestEcr.REGION)));

        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void aSignedAddressNeedsNoToken() {
        TestImage.of("one").push(registry.aws().client(), "app", "1");
        var digest = TestImage.digest("layer of one").toString();
        var address = registry.aws()
                .client()
                .getDownloadUrlForLayer(r -> r.repositoryName("app").layerDigest(digest))
                .downloadUrl();
        registry.authorize("");

        var downloaded = registry.get(local(address));
        var tampered = registry.get(local(address).replace("Signature=", "Signature=x"));
        registry.aws().time().advance(Duration.ofHours(1));
        var late = registry.get(local(address));

        assertThat(address).startsWith("http://localhost:" + registry.port() + "/");
        assertThat(downloaded.statusCode()).isEqualTo(200);
        assertThat(downloaded.body()).isEqualTo("layer of one");
        assertThat(tampered.statusCode()).isEqualTo(403);
        assertThat(late.statusCode()).isEqualTo(403);
    }

    @Test
    void aSignatureIsGoodForItsAddressAlone() {
        TestImage.of("one").push(registry.aws().client(), "app", "1");
        var digest = TestImage.digest("layer of one").toString();
        var address = registry.aws()
                .client()
                .getDownloadUrlForLayer(r -> r.repositoryName("app").layerDigest(digest))
                .downloadUrl();
        registry.authorize("");

        var other = local(address)
                .replace(digest, TestImage.digest("{\"name\":\"one\"}").toString());
        var manifest = local(address).replace("blobs/" + digest, "manifests/1");

        assertThat(registry.get(other).statusCode()).isEqualTo(403);
        assertThat(registry.get(manifest).statusCode()).isEqualTo(401);
    }

    private static String local(String address) {
        var uri = URI.create(address);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }
}

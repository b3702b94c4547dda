package dev.hakoniwa.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.DockerTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.ImageDetail;

@DockerTest
final class DockerRegistryTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path configuration;

    private TestRegistry registry;
    private DockerCommand docker;
    private String image;
    private String id;

    @BeforeEach
    void start() {
        registry = new TestRegistry(folder);
        docker = new DockerCommand(configuration);
        var client = registry.aws().client("123456789012", "eu-west-1");
        image = client.createRepository(r -> r.repositoryName("shop/app"))
                .repository()
                .repositoryUri();
        id = docker.importBusybox(image + ":1");
    }

    @AfterEach
    void stop() {
        docker.run("image", "rm", "--force", id);
        registry.close();
    }

    @Test
    void dockerPushesAndPullsByTagAndByDigest() {
        login();
        var pushed = docker.run("push", image + ":1");
        var digest = described().imageDigest();
        docker.run("image", "rm", image + ":1");

        var byTag = docker.run("pull", image + ":1");
        var output = docker.run("run", "--rm", "--network", "none", image + ":1", "/busybox", "echo", "it runs");
        docker.run("image", "rm", image + ":1");
        var byDigest = docker.run("pull", image + "@" + digest);

        assertThat(pushed).contains("1: digest: " + digest);
        assertThat(byTag).contains("Digest: " + digest);
        assertThat(output).isEqualTo("it runs\n");
        assertThat(byDigest).contains("Digest: " + digest);
        assertThat(described().lastRecordedPullTime())
                .isEqualTo(registry.aws().time().start());
    }

    @Test
    void dockerMountsLayersItHasPushedBefore() {
        login();
        var other = registry.aws()
                .client("123456789012", "eu-west-1")
                .createRepository(r -> r.repositoryName("shop/other"))
                .repository()
                .repositoryUri();
        docker.run("push", image + ":1");
        docker.run("tag", image + ":1", other + ":2");

        var pushed = docker.run("push", other + ":2");

        assertThat(pushed)
                .contains("Mounted from")
                .contains("2: digest: " + described().imageDigest());
    }

    @Test
    void dockerSaysWhatEcrSaid() {
        assertThatThrownBy(() -> docker.run("push", image + ":1")).hasMessageContaining("no basic auth credentials");
        login();
        var missing = image.replace("shop/app", "shop/nope") + ":1";
        docker.run("tag", image + ":1", missing);

        assertThatThrownBy(() -> docker.run("push", missing))
                .hasMessageContaining("The repository with name 'shop/nope' does not exist");
        assertThatThrownBy(() -> docker.run("pull", image + ":nope")).hasMessageContaining("not found");
    }

    private void login() {
        var token = registry.token("123456789012", "eu-west-1");
        var password = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).substring(4);
        var address = "localhost:" + registry.port();
        var said = docker.runWithInput(
                password.getBytes(StandardCharsets.UTF_8), "login", "-u", "AWS", "--password-stdin", address);

        assertThat(said).contains("Login Succeeded");
    }

    private ImageDetail described() {
        return registry.aws()
                .client("123456789012", "eu-west-1")
                .describeImages(r -> r.repositoryName("shop/app"))
                .imageDetails()
                .getFirst();
    }
}

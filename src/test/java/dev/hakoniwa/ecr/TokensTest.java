package dev.hakoniwa.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;

@WireTest
final class TokensTest {
    @TempDir
    private Path folder;

    private TestEcr aws;
    private EcrClient ecr;

    @BeforeEach
    void start() {
        aws = new TestEcr(folder);
        ecr = aws.client();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void aTokenIsAUserNameAndAPasswordForHalfADay() {
        var data = ecr.getAuthorizationToken().authorizationData();

        assertThat(data).hasSize(1);
        assertThat(data.getFirst().expiresAt()).isEqualTo(aws.time().start().plus(Duration.ofHours(12)));
        assertThat(data.getFirst().proxyEndpoint()).isEqualTo(aws.in("http://localhost:4566"));
        assertThat(login(data.getFirst())).startsWith("AWS:");
    }

    @Test
    @InJvm("looks into the token")
    void aTokenIsOfItsCallersRegistry() {
        var token = aws.client("111111111111", "eu-west-1").getAuthorizationToken();

        var worth = aws.ecr().tokens().check(password(token.authorizationData().getFirst()));

        assertThat(worth).isEqualTo(new Tokens.Worth.Valid(TestEcr.scope("111111111111", "eu-west-1")));
    }

    @Test
    @SuppressWarnings("deprecation") // ECR still takes it
    @InJvm("looks into the tokens")
    void thereIsATokenForEachRegistryThatIsNamed() {
        var request = GetAuthorizationTokenRequest.builder()
                .registryIds("111111111111", "222222222222")
                .build();

        var tokens = ecr.getAuthorizationToken(request).authorizationData();

        assertThat(tokens)
                .extracting(token -> aws.ecr().tokens().check(password(token)))
                .containsExactly(
                        new Tokens.Worth.Valid(TestEcr.scope("111111111111", "us-east-1")),
                        new Tokens.Worth.Valid(TestEcr.scope("222222222222", "us-east-1")));
        assertThatThrownBy(() -> ecr.getAuthorizationToken(r -> r.registryIds("none")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    @InJvm("another process")
    void anotherProcessTakesNoTokenOfOurs() {
        var password = password(ecr.getAuthorizationToken().authorizationData().getFirst());

        assertThat(new Tokens(aws.time()).check(password)).isInstanceOf(Tokens.Worth.Invalid.class);
    }

    private static String password(AuthorizationData data) {
        return login(data).substring("AWS:".length());
    }

    private static String login(AuthorizationData data) {
        return new String(Base64.getDecoder().decode(data.authorizationToken()), StandardCharsets.UTF_8);
    }
}

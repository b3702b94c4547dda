package dev.hakoniwa.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Time;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineImagesTest {
    private static final String DIGEST = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private final Tokens tokens = new Tokens(Time.stopped(Instant.parse("2026-01-05T10:00:00Z")));
    private final ImageResolver images = new EngineImages(new RegistryAddress("localhost", 4566), tokens);

    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/app:1.8.2, 123456789012.dkr.ecr.eu-west-1/shop/app:1.8.2",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop, 123456789012.dkr.ecr.eu-west-1/shop",
        "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/a/b, 123456789012.dkr.ecr.us-gov-west-1/a/b",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app:v1, 123456789012.dkr.ecr.cn-north-1/app:v1",
        "123456789012.dkr-ecr.us-east-2.on.aws/app:v1, 123456789012.dkr.ecr.us-east-2/app:v1",
        "localhost:4566/123456789012.dkr.ecr.us-east-1/app:v1, 123456789012.dkr.ecr.us-east-1/app:v1",
        "127.0.0.1:4566/123456789012.dkr.ecr.us-east-1/app, 123456789012.dkr.ecr.us-east-1/app",
        "123456789012.dkr.ecr.us-east-1.localhost:4566/app:v1, 123456789012.dkr.ecr.us-east-1/app:v1"
    })
    void everyNameOfThisRegistryLeadsToIt(String image, String path) {
        assertThat(images.resolve(image)).map(ImageResolver.Source::reference).hasValue("localhost:4566/" + path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":v1"})
    void aDigestStays(String tag) {
        var source = images.resolve("123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/app" + tag + DIGEST);

        assertThat(source)
                .map(ImageResolver.Source::reference)
                .hasValue("localhost:4566/123456789012.dkr.ecr.us-east-1/shop/app" + tag + DIGEST);
    }

    @Test
    void theLoginIsForTheImagesRegistry() {
        var login = images.resolve("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app")
                .orElseThrow()
                .login();

        assertThat(login.username()).isEqualTo("AWS");
        assertThat(tokens.check(login.password()))
                .isEqualTo(new Tokens.Worth.Valid(new Scope(new AccountId("123456789012"), new Region("eu-west-1"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nginx",
                "nginx:1.27",
                "library/nginx",
                "public.ecr.aws/nginx/nginx:1.27",
                "localhost:5000/123456789012.dkr.ecr.us-east-1/app",
                "localhost:4566/app",
                "12345.dkr.ecr.us-east-1.amazonaws.com/app",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com/App",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com.evil.com/app",
                "123456789012.dkr.ecr.us-east-1.localhost:5000/app"
            })
    void imagesOfOtherRegistriesAreLeftAlone(String image) {
        assertThat(images.resolve(image)).isEmpty();
    }
}

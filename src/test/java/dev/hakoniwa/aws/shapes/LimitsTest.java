package dev.hakoniwa.aws.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;

final class LimitsTest {
    private final Shapes shapes = new Shapes();

    @Test
    void aPartOfALayerMayHaveTwentyMebibytes() {
        var part = Base64.getEncoder().encodeToString(new byte[20 << 20]);
        var request = UploadLayerPartRequest.builder();

        shapes.readJson(
                "{\"layerPartBlob\": \"%s\"}".formatted(part).getBytes(StandardCharsets.UTF_8),
                request,
                "ecr.UploadLayerPart");

        assertThat(request.build().layerPartBlob().asByteArrayUnsafe()).hasSize(20 << 20);
    }

    @Test
    void aFormMayHaveAMillionFields() {
        var fields = "a.b.c=1&".repeat(333_333);

        assertThat(Form.parse("", bytes(fields)).root().children()).hasSize(1);
        assertThatThrownBy(() -> Form.parse("", bytes(fields + "a.b.c=1&"))).isInstanceOf(Malformed.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

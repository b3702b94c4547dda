package dev.hakoniwa.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ForwardingTest {
    @Test
    void aRequestReachesATargetAndItsAnswerComesBack() throws IOException {
        try (var target = ScriptedTarget.saying("hello");
                var proxy = TestProxy.to(target)) {

            var reply = RawClient.get(proxy.port(), "/a?b=c");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("hello");
            assertThat(target.heads().getFirst())
                    .startsWith("GET /a?b=c HTTP/1.1\r\nHost: test:" + proxy.port() + "\r\n");
        }
    }
}

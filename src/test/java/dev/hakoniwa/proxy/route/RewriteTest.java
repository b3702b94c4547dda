package dev.hakoniwa.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.proxy.Transform.HostHeaderRewrite;
import dev.hakoniwa.proxy.Transform.UrlRewrite;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RewriteTest {
    @ParameterizedTest
    @CsvSource({
        "^/api/(.*)$,       /$1,        /api/a/b?c=d,   /a/b?c=d",
        "^/api,             '',         /api,           /",
        "a,                 b,          /aa,            /ba",
        "\\?.*,             '',         /x?secret=1,    /x",
        "^/none,            /x,         /a,             /a",
        "^/(a),             /$2,        /a,             /a",
        "x,                 'a b',      /x,             /a%20b",
    })
    void thePathWithItsQueryIsRewritten(String regex, String replace, String target, String rewritten) {
        var transform = new UrlRewrite(Pattern.compile(regex), replace);

        var rewrite = Rewrite.of("host", target, List.of(transform));

        assertThat(rewrite).isEqualTo(new Rewrite("host", rewritten));
    }

    @Test
    void theHostIsRewritten() {
        var transform = new HostHeaderRewrite(Pattern.compile("^(\\w+)\\.old\\.com"), "$1.new.com");

        assertThat(Rewrite.of("shop.old.com:8080", "/", List.of(transform)).host())
                .isEqualTo("shop.new.com:8080");
    }

    @Test
    void aReplacementCannotSmuggleALine() {
        var transform = new HostHeaderRewrite(Pattern.compile("x"), "a\r\nEvil: 1");

        assertThat(Rewrite.of("x", "/", List.of(transform)).host()).isEqualTo("a%0D%0AEvil:%201");
    }
}

package dev.hakoniwa.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.proxy.Action;
import dev.hakoniwa.proxy.Condition;
import dev.hakoniwa.proxy.Condition.QueryString;
import dev.hakoniwa.proxy.Rule;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConditionTest {
    private static final Request PLAIN = new Request("GET", "/", "", "test.example.com", List.of(), "127.0.0.1");

    /// A request as a rule sees it.
    ///
    /// @param header the values of the one header `X-Env`
    record Request(
            String method,
            String path,
            String query,
            @Nullable String host,
            List<String> header,
            String address) implements Subject {
        @Override
        public List<String> headers(String name) {
            return name.equalsIgnoreCase("x-env") ? header : List.of();
        }

        @Override
        public InetAddress client() {
            return InetAddress.ofLiteral(address);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/img/*,    /img/,          true",
        "/img/*,    /img/a/b.png,   true",
        "/img/*,    /img,           false",
        "/img/*,    /IMG/a,         false",
        "/img*,     /img,           true",
        "/img*,     /imgs,          true",
        "/img*,     /images,        false",
        "/img*,     /img/a,         true",
        "/img*,     /x/img,         false",
        "/a?c,      /abc,           true",
        "/a?c,      /a/c,           true",
        "/a?c,      /ac,            false",
        "/a?c,      /abbc,          false",
        "*/pics/*,  /x/pics/1,      true",
        "*/pics/*,  /pics,          false",
        "/*,        /,              true",
        "/*,        /any/thing,     true",
        "/a,        /a,             true",
        "/a,        /a/,            false",
        "/a,        /%61,           false",
        "*a*b*a,    /abba,          true",
        "*a*b*a,    /abb,           false",
        "/a**b,     /ab,            true",
        "/?*,       /,              false",
        "/x.y,      /xzy,           false",
        "/a\\*,     /ab,            false",
    })
    void pathsAreComparedWholeAndWithCase(String pattern, String path, boolean matches) {
        var condition = new Condition.PathPattern(List.of(pattern), List.of());

        assertThat(meets(condition, new Request("GET", path, "", "h", List.of(), "127.0.0.1")))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.com,     a.example.com,      true",
        "*.example.com,     a.b.example.com,    true",
        "*.example.com,     example.com,        false",
        "*.Example.com,     a.example.com,      true",
        "test.*,            test.example.org,   true",
        "test.*,            atest.example.org,  false",
        "shop.example.com,  shop.example.com,   true",
        "s?op.example.com,  shop.example.com,   true",
        "*.example.com,     ,                   false",
        "*,                 ,                   false",
    })
    void hostsAreComparedWithoutCase(String pattern, @Nullable String host, boolean matches) {
        var condition = new Condition.HostHeader(List.of(pattern), List.of());

        assertThat(meets(condition, new Request("GET", "/", "", host, List.of(), "127.0.0.1")))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Env, blue,   blue,       true",
        "x-env, BLUE,   blue,       true",
        "X-Env, bl*,    blue,       true",
        "X-Env, b?ue,   blue,       true",
        "X-Env, green,  blue;green, true",
        "X-Env, blue,   blue-green, false",
        "X-Other, *,    blue,       false",
    })
    void anyLineOfAHeaderMayMatch(String name, String pattern, String values, boolean matches) {
        var condition = new Condition.HttpHeader(name, List.of(pattern), List.of());

        assertThat(meets(condition, new Request("GET", "/", "", "h", List.of(values.split(";")), "127.0.0.1")))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"GET, true", "get, false", "POST, true", "PUT, false"})
    void methodsAreComparedWithCase(String method, boolean matches) {
        var condition = new Condition.HttpRequestMethod(List.of("GET", "POST"));

        assertThat(meets(condition, new Request(method, "/", "", "h", List.of(), "127.0.0.1")))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "v=1,               true",
        "V=1,               true",
        "x=mybeta,          true",
        "x=MyBETAtest,      true",
        "a=0&v=1,           true",
        "v=2,               false",
        "v,                 false",
        "v=11,              false",
        "w=1,               false",
        "x=my%62eta,        true",
        "x=a+beta+b,        true",
        "x=%zzbeta,         true",
        "'',                false",
    })
    void anyParameterMayMatch(String query, boolean matches) {
        var condition = new QueryString(List.of(new QueryString.Pair("v", "1"), new QueryString.Pair(null, "*beta*")));

        assertThat(meets(condition, new Request("GET", "/", query, "h", List.of(), "127.0.0.1")))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "a\\*b,     q=a*b,      true",
        "a\\*b,     q=axb,      false",
        "a\\?b,     q=a?b,      true",
        "a\\?b,     q=axb,      false",
        "a\\\\b,    q=a\\b,     true",
        "a*b,       q=axxb,     true",
        "a?b,       q=axb,      true",
        "a\\xb,     q=a\\xb,    true",
    })
    void wildcardsInAQueryCanBeEscaped(String pattern, String query, boolean matches) {
        var condition = new QueryString(List.of(new QueryString.Pair("q", pattern)));

        assertThat(meets(condition, new Request("GET", "/", query, "h", List.of(), "127.0.0.1")))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,        10.255.0.1,     true",
        "10.0.0.0/8,        11.0.0.1,       false",
        "192.168.1.128/25,  192.168.1.129,  true",
        "192.168.1.128/25,  192.168.1.127,  false",
        "192.168.1.7/32,    192.168.1.7,    true",
        "192.168.1.7/32,    192.168.1.6,    false",
        "0.0.0.0/0,         8.8.8.8,        true",
        "0.0.0.0/0,         ::1,            false",
        "fd00::/8,          fd12::1,        true",
        "fd00::/8,          fe80::1,        false",
        "2001:db8::/33,     2001:db8:7fff::1,   true",
        "2001:db8::/33,     2001:db8:8000::1,   false",
    })
    void sourceIsWhoConnected(String block, String address, boolean matches) {
        var condition = new Condition.SourceIp(List.of(block));

        assertThat(meets(condition, new Request("GET", "/", "", "h", List.of(), address)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "ten/8", "10.0.0.0/x"})
    void whatIsNoBlockIsRefusedWhenTheRuleIsMade(String block) {
        var rule = rule(new Condition.SourceIp(List.of(block)));

        assertThatThrownBy(() -> new Rules(List.of(rule))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void regularExpressionsAreTheOtherFormOfAValue() {
        var path = new Condition.PathPattern(List.of(), List.of(Pattern.compile("^/v[0-9]+/")));
        var host = new Condition.HostHeader(List.of("none"), List.of(Pattern.compile("^Test\\.")));
        var header = new Condition.HttpHeader("X-Env", List.of(), List.of(Pattern.compile("^blue|green$")));

        var request = new Request("GET", "/v12/x", "", "test.example.com", List.of("dark green"), "127.0.0.1");

        assertThat(List.of(path, host, header)).allMatch(condition -> meets(condition, request));
        assertThat(List.of(path, header)).noneMatch(condition -> meets(condition, PLAIN));
    }

    @Test
    void valuesOfOneConditionAreAlternatives() {
        var condition = new Condition.PathPattern(List.of("/a", "/b"), List.of(Pattern.compile("^/c$")));

        assertThat(List.of("/a", "/b", "/c"))
                .allMatch(path -> meets(condition, new Request("GET", path, "", "h", List.of(), "127.0.0.1")));
    }

    @Test
    void conditionsOfOneRuleMustAllBeMet() {
        var path = new Condition.PathPattern(List.of("/a"), List.of());
        var method = new Condition.HttpRequestMethod(List.of("POST"));
        var rules = new Rules(List.of(rule(path, method)));

        assertThat(rules.first(new Request("POST", "/a", "", "h", List.of(), "127.0.0.1")))
                .isZero();
        assertThat(rules.first(new Request("GET", "/a", "", "h", List.of(), "127.0.0.1")))
                .isOne();
        assertThat(rules.first(new Request("POST", "/b", "", "h", List.of(), "127.0.0.1")))
                .isOne();
    }

    @Test
    void theFirstRuleThatMatchesWins() {
        var rules = new Rules(List.of(
                rule(new Condition.PathPattern(List.of("/x"), List.of())),
                rule(new Condition.PathPattern(List.of("/*"), List.of())),
                rule(new Condition.PathPattern(List.of("/"), List.of()))));

        assertThat(rules.first(PLAIN)).isOne();
    }

    private static boolean meets(Condition condition, Request request) {
        return new Rules(List.of(rule(condition))).first(request) == 0;
    }

    private static Rule rule(Condition... conditions) {
        return new Rule(1, List.of(conditions), Action.Forward.to("any"));
    }
}

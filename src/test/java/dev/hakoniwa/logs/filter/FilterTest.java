package dev.hakoniwa.logs.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hakoniwa.aws.AwsError;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterTest {
    private static final String JSON = """
            {"status": 404, "path": "/api/users", "ok": true, "none": null, "user": {"name": "ann", "a.b": 1},
             "items": [{"id": 7}, {"id": 8}], "text": "404", "ratio": 1.5e2, "ip": "123.123.4.5"}""";

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            ``                           ¦ anything        ¦ true
            ERROR                        ¦ an ERROR here   ¦ true
            ERROR                        ¦ an error here   ¦ false
            AUTHORIZED                   ¦ UNAUTHORIZED    ¦ true
            ERROR ARGUMENTS              ¦ ARGUMENTS ERROR ¦ true
            ERROR ARGUMENTS              ¦ ERROR           ¦ false
            "not found"                  ¦ it is not found ¦ true
            "not found"                  ¦ found not       ¦ false
            "say \\"hi\\""               ¦ say "hi" now    ¦ true
            ?ERROR ?WARN                 ¦ a WARN          ¦ true
            ?ERROR ?WARN                 ¦ an INFO         ¦ false
            ?ERROR INFO                  ¦ an INFO         ¦ true
            ERROR -ARGUMENTS             ¦ ERROR           ¦ true
            ERROR -ARGUMENTS             ¦ ERROR ARGUMENTS ¦ false
            -ERROR                       ¦ fine            ¦ true
            -"not found"                 ¦ is not found    ¦ false
            %^4\\d\\d$%                  ¦ 404             ¦ true
            %^4\\d\\d$%                  ¦ 1404            ¦ false
            %AUTH|auth%                  ¦ unauthorized    ¦ true
            %[a-c]+x?\\.\\w{2,3}$%       ¦ abc.io          ¦ true
            %[a-c]+x?\\.\\w{2,3}$%       ¦ abcx.info       ¦ false
            %[^0-9]\\x41%                ¦ -A              ¦ true
            """)
    void wordsOccurInMessages(String pattern, String message, boolean expected) {
        assertThat(Filter.parse(pattern).matches(message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ $.status = 404 }",
                "{$.status=404}",
                "{ $.status >= 404 && $.status < 4.05e2 }",
                "{ $.status != 500 }",
                "{ $.ratio = 150 }",
                "{ $.path = \"/api/*\" }",
                "{ $.path = \"/api/users\" }",
                "{ $.path = %/api/\\w+$% }",
                "{ $.path != \"/x\" }",
                "{ $.text = 404 }",
                "{ $.ip = 123.123.* }",
                "{ $.ok IS TRUE }",
                "{ $.none IS NULL }",
                "{ $.nothing NOT EXISTS }",
                "{ $.user.name = ann }",
                "{ $.user.['a.b'] = 1 }",
                "{ $['path'] = \"*users\" }",
                "{ $.items[1].id = 8 }",
                "{ $.items[*].id = 8 }",
                "{ $.user.* = \"ann\" }",
                "{ $.status = 500 || $.status = 404 }",
                "{ $.status = 404 || $.status = 500 && $.path = x }",
                "{ ($.status = 500 || $.status = 404) && $.ok IS TRUE }"
            })
    void membersOfDocumentsMatch(String pattern) {
        assertThat(Filter.parse(pattern).matches(JSON)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ $.status = 500 }",
                "{ $.status > 404 }",
                "{ $.nothing = 1 }",
                "{ $.nothing != 1 }",
                "{ $.user = \"*\" }",
                "{ $.ok IS FALSE }",
                "{ $.ok IS NULL }",
                "{ $.status NOT EXISTS }",
                "{ $.items[2].id = 9 }",
                "{ $.path = \"/api\" }",
                "{ ($.status = 404 || $.status = 500) && $.path = x }"
            })
    void otherDocumentsDoNot(String pattern) {
        assertThat(Filter.parse(pattern).matches(JSON)).isFalse();
    }

    @Test
    void whatIsNoDocumentMatchesNoMember() {
        var filter = Filter.parse("{ $.nothing NOT EXISTS }");

        assertThat(filter.matches("plain text")).isFalse();
        assertThat(filter.matches("{ broken")).isFalse();
        assertThat(filter.matches("[1]")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            [ip, id, user, ts, request, status, bytes]              ¦ true
            [ip, id, user, ts, request, status]                     ¦ false
            [ip, id, user, ts, request = *html*, status = 4*, size] ¦ true
            [..., status = 404 || status = 410, size]               ¦ true
            [..., status = 500, size]                               ¦ false
            [ip = 127.0.0.1, ...]                                   ¦ true
            [ip, ..., size > 1000]                                  ¦ true
            [ip, ..., size > 1e4]                                   ¦ false
            [..., size != 1534]                                     ¦ false
            [..., (size > 1 && size < 10) || size = 1534]           ¦ true
            [ip, id, user = %^fr%, ...]                             ¦ true
            [ip, id, user, ts = "10/Oct/2000*", ...]                ¦ true
            """)
    void fieldsOfLinesMatch(String pattern, boolean expected) {
        var line = "127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534";

        assertThat(Filter.parse(pattern).matches(line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo-bar",
                "a.b",
                "\"open",
                "%open",
                "{",
                "{ }",
                "{ $ = 1 }",
                "{ $.a }",
                "{ $.a = }",
                "{ $.a = 1",
                "{ $.a = 1 } x",
                "{ $.a EXISTS }",
                "{ $.a IS NOT NULL }",
                "{ $.a[*].b[*] = 1 }",
                "{ $.a[x] = 1 }",
                "{ $.a > x }",
                "[",
                "[a",
                "[a,]",
                "[..., a, ...]",
                "[a] b",
                "%a**%",
                "%(a)%",
                "%[a%",
                "%a{2000}%",
                "%a{3,1}%",
                "%\\%",
                "{ $.a = 1 && }",
                "{ ($.a = 1 }"
            })
    void wrongPatternsAreRefused(String pattern) {
        assertThatThrownBy(() -> Filter.parse(pattern))
                .isInstanceOfSatisfying(
                        AwsError.class, e -> assertThat(e.code()).isEqualTo("InvalidParameterException"));
    }

    @Test
    void noRegexTakesForever() {
        var filter = Filter.parse("%a*a*a*a*a*a*a*a*a*a*a*b%");
        var message = "a".repeat(100_000);

        var matches = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> filter.matches(message));

        assertThat(matches).isFalse();
    }
}

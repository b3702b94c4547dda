package dev.hakoniwa.ecs.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The cluster query language (ecs-capacity.md §5), asked of an instance of type `g4dn.xlarge`.
final class QueryTest {
    private static final Facts INSTANCE = new Instance();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agentConnected == true",
                "agentConnected equals true",
                "agentConnected != false",
                "agentConnected in [true, false]",
                "agentConnected !in [false]",
                "agentConnected =~ t.*",
                "agentConnected !~ f.*",
                "agentVersion == 1.99.0",
                "agentVersion > 1.9.0",
                "agentVersion greater_than 1.9.5",
                "agentVersion >= 1.99.0",
                "agentVersion greater_than_equal 1.99.0",
                "agentVersion < 1.100.0",
                "agentVersion less_than 2",
                "agentVersion <= 1.99.0",
                "agentVersion less_than_equal 1.99.0",
                "agentVersion not_equals 1.98.0",
                "ec2InstanceId == i-abcd1234",
                "ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']",
                "ec2InstanceId not_in [\"i-wxyx7890\"]",
                "ec2InstanceId =~ i-ab.*",
                "ec2InstanceId not_matches i-wx.*",
                "registeredAt == 2018-06-18T22:28:28+00:00",
                "registeredAt == 2018-06-19T00:28:28+02:00",
                "registeredAt == 2018-06-18T22:28:28Z",
                "registeredAt == 2018-06-18T22:28:28",
                "registeredAt != 2018-06-18",
                "registeredAt > 2018-06-18",
                "registeredAt < 2018-06-19",
                "registeredAt >= 2018-06-18 and registeredAt <= 2018-06-19",
                "runningTasksCount == 10",
                "runningTasksCount > 9",
                "runningTasksCount >= 10",
                "runningTasksCount < 11",
                "runningTasksCount <= 10",
                "runningTasksCount != 9",
                "task:group == database",
                "task:group == service:production",
                "task:group != web",
                "task:group in [web, database]",
                "task:group !in [web, family:web]",
                "task:group =~ service:.*",
                "task:group !~ web.*",
            })
    void subjectsAreCompared(String expression) {
        assertThat(holds(expression)).isTrue();
        assertThat(holds("not (" + expression + ")")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "attribute:ecs.instance-type == g4dn.xlarge ; true",
                "attribute:ecs.instance-type==g4dn.xlarge ; true",
                "attribute:ecs.instance-type equals 'g4dn.xlarge' ; true",
                "attribute:ecs.instance-type == g4dn ; false",
                "attribute:ecs.instance-type != t2.small ; true",
                "attribute:ecs.instance-type not_equals g4dn.xlarge ; false",
                "attribute:ecs.instance-type in [t2.small, g4dn.xlarge] ; true",
                "attribute:ecs.instance-type in [t2.small,t2.medium] ; false",
                "attribute:ecs.instance-type !in [t2.small] ; true",
                "attribute:ecs.instance-type not_in [g4dn.xlarge] ; false",
                // A regular expression has to match all of the value. People often write a glob: `g4*` is some 4s.
                "attribute:ecs.instance-type =~ g4.* ; true",
                "attribute:ecs.instance-type =~ g4* ; false",
                "attribute:ecs.instance-type =~ g[45].* ; true",
                "attribute:ecs.instance-type =~ g[2-3].* ; false",
                "attribute:ecs.instance-type =~ (t2|g4dn)\\.(small|xlarge) ; true",
                "(attribute:ecs.instance-type =~ (t2|g4dn).*) ; true",
                "attribute:ecs.instance-type matches t2.*|g4dn.* ; true",
                "attribute:ecs.instance-type !~ t2.* ; true",
                "attribute:ecs.instance-type not_matches g4.* ; false",
                "attribute:stack exists ; true",
                "attribute:stack !exists ; false",
                "attribute:stack not_exists ; false",
                "attribute:nothing exists ; false",
                "attribute:nothing !exists ; true",
                // Nothing can be said of an attribute that isn't there, so all that is denied of it is true.
                "attribute:nothing == 1 ; false",
                "attribute:nothing != 1 ; true",
                "attribute:nothing > 1 ; false",
                "attribute:nothing !in [1] ; true",
                "attribute:nothing !~ 1 ; true",
                // Numbers are in the order of numbers.
                "attribute:rank > 9 ; true",
                "attribute:rank greater_than 10.5 ; false",
                "attribute:rank >= 10 ; true",
                "attribute:rank < 9 ; false",
                "attribute:rank <= 10.0 ; true",
                "attribute:rank == 10.0 ; false",
                "attribute:stack > aaa ; true",
                "attribute:stack less_than 'zzz zzz' ; true",
            })
    void attributesHaveAllOperators(String expression, boolean holds) {
        assertThat(holds(expression)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attribute:a exists or attribute:stack exists and attribute:b exists | false",
                "attribute:stack exists or attribute:a exists and attribute:b exists | true",
                "(attribute:stack exists or attribute:a exists) and attribute:b exists | false",
                "not attribute:a exists and attribute:stack exists | true",
                "not (attribute:a exists and attribute:stack exists) | true",
                "not(task:group == database) | false",
                "!(task:group == web) | true",
                "not not attribute:stack exists | true",
                "attribute:a exists && attribute:stack exists | false",
                "  ( (attribute:stack   exists) )  | true",
                "attribute:notable !exists and attribute:order !exists | true",
                "attribute:ecs.instance-type =~ g4.* and attribute:ecs.availability-zone != us-east-1d | true",
            })
    void conditionsAreJoined(String expression, boolean holds) {
        assertThat(holds(expression)).isEqualTo(holds);
    }

    @Test
    void orHasASign() {
        assertThat(holds("attribute:a exists || attribute:stack exists")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | a subject was expected at character 1.",
                "attribute:stack | an operator was expected at character 16.",
                "attribute:stack = prod | an operator was expected at character 17.",
                "attribute:stack like prod | unknown operator like at character 16.",
                "attribute:stack == | a value was expected at character 19.",
                "attribute:stack =~ | a regular expression was expected at character 19.",
                "attribute:stack =~ [ | invalid regular expression [ at character 20.",
                "attribute:stack in prod | a list in brackets was expected at character 20.",
                "attribute:stack in [prod | a closing bracket was expected at character 25.",
                "attribute:stack in [] | a value was expected at character 21.",
                "attribute:stack == 'prod | a closing quote was expected at character 20.",
                "attribute: exists | unknown subject attribute: at character 1.",
                "stack == prod | unknown subject stack at character 1.",
                "(attribute:stack exists | a closing parenthesis was expected at character 24.",
                "attribute:stack exists) | an operator or the end was expected at character 23.",
                "attribute:stack exists prod | an operator or the end was expected at character 24.",
                "attribute:stack exists and | a subject was expected at character 27.",
                "agentVersion =~ 1.* | operator =~ is not supported for agentVersion at character 13.",
                "agentVersion > new | invalid value new at character 16.",
                "registeredAt < yesterday | invalid value yesterday at character 16.",
                "registeredAt < 2018-02-30 | invalid value 2018-02-30 at character 16.",
                "registeredAt in [2018-02-13] | operator in is not supported for registeredAt at character 13.",
                "runningTasksCount == few | invalid value few at character 22.",
                "task:group > web | operator > is not supported for task:group at character 11.",
                "ec2InstanceId exists | operator exists is not supported for ec2InstanceId at character 14.",
            })
    void whatCantBeReadIsRefused(String expression, String why) {
        assertThatThrownBy(() -> Query.parse(expression))
                .hasMessage("Invalid expression '%s': %s".formatted(expression, why));
    }

    @Test
    void veryLongAndVeryDeepExpressionsAreRefused() {
        assertThatThrownBy(() -> Query.parse("attribute:stack == " + "a".repeat(2000)))
                .hasMessageContaining("it has more than 2000 characters");
        assertThatThrownBy(() -> Query.parse("(".repeat(1000) + "attribute:stack exists"))
                .hasMessageContaining("it is nested too deeply");
    }

    @Test
    void aRegularExpressionThatTriesTooManyWaysDoesNotMatch() {
        assertThat(holds("attribute:long =~ (a+)+b")).isFalse();
    }

    private static boolean holds(String expression) {
        return Query.parse(expression).holds(INSTANCE);
    }

    private static final class Instance implements Facts {
        private static final Map<String, String> ATTRIBUTES = Map.of(
                "ecs.instance-type",
                "g4dn.xlarge",
                "ecs.availability-zone",
                "us-east-1a",
                "stack",
                "prod",
                "rank",
                "10",
                "long",
                "a".repeat(128));

        @Override
        public boolean agentConnected() {
            return true;
        }

        @Override
        public String agentVersion() {
            return "1.99.0";
        }

        @Override
        public String ec2InstanceId() {
            return "i-abcd1234";
        }

        @Override
        public Instant registeredAt() {
            return Instant.parse("2018-06-18T22:28:28Z");
        }

        @Override
        public int runningTasksCount() {
            return 10;
        }

        @Override
        public Optional<String> attribute(String name) {
            return Optional.ofNullable(ATTRIBUTES.get(name));
        }

        @Override
        public List<String> taskGroups() {
            return List.of("database", "service:production");
        }
    }
}

package dev.hakoniwa.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.DockerCondition.Demand;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DockerConditionTest {
    private static final String REASON = "connection refused";

    @Test
    void aTestRunsWhereAnEngineAnswers() {
        var condition = new DockerCondition(Demand.REQUIRED, Optional::empty);

        var result = condition.evaluate();

        assertThat(result.isDisabled()).isFalse();
    }

    @Test
    void aTestIsSkippedWhereNoneAnswersAndSaysWhy() {
        var condition = new DockerCondition(Demand.AUTO, () -> Optional.of(REASON));

        var result = condition.evaluate();

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).hasValue("no container engine: connection refused");
    }

    @Test
    void aTestFailsWhereNoneAnswersAndOneIsRequired() {
        var condition = new DockerCondition(Demand.REQUIRED, () -> Optional.of(REASON));

        assertThatThrownBy(condition::evaluate).hasMessageContaining(REASON);
    }

    @Test
    void aMisspeltDemandIsToldNotTakenForAuto() {
        assertThatThrownBy(() -> Demand.of("require")).hasMessage("hakoniwa.docker: auto or required, not require");
    }

    @Test
    @DockerTest
    void theEngineThatTestsGetAnswers() {
        assertThat(EnginePing.silence()).isEmpty();
    }
}

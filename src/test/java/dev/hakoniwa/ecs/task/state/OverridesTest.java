package dev.hakoniwa.ecs.task.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.aws.AwsError;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

final class OverridesTest {
    private static final TaskDefinition DEFINITION = TaskDefinition.builder()
            .cpu("256")
            .memory("512")
            .containerDefinitions(
                    c -> c.name("app")
                            .image("app")
                            .entryPoint("/bin/app")
                            .command("serve")
                            .cpu(10)
                            .memory(64)
                            .environment(pair("A", "1"), pair("B", "2")),
                    c -> c.name("side").image("side").command("watch"))
            .build();

    @Test
    void everyContainerHasItsElement() {
        var complete = complete(o -> o.containerOverrides(c -> c.name("side").command("once")));

        assertThat(complete.containerOverrides())
                .extracting(ContainerOverride::name, ContainerOverride::command)
                .containsExactly(tuple("app", List.of()), tuple("side", List.of("once")));
        assertThat(complete.hasInferenceAcceleratorOverrides()).isTrue();
    }

    @Test
    void aContainerThatTheDefinitionDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> complete(o -> o.containerOverrides(c -> c.name("other"))))
                .isInstanceOf(AwsError.class)
                .hasMessage("Override for container named other is not a container in the TaskDefinition.");
    }

    @Test
    void aCommandReplacesTheDefinitionsAndLeavesTheEntryPoint() {
        var app = applied(c -> c.name("app").command("migrate", "--all"));

        assertThat(app.command()).containsExactly("migrate", "--all");
        assertThat(app.entryPoint()).containsExactly("/bin/app");
        assertThat(app.cpu()).isEqualTo(10);
    }

    @Test
    void environmentIsMergedByName() {
        var app = applied(c -> c.name("app").environment(pair("B", "3"), pair("C", "4")));

        assertThat(app.environment()).containsExactly(pair("A", "1"), pair("B", "3"), pair("C", "4"));
    }

    @Test
    void sizesReplaceTheContainersOwn() {
        var app = applied(c -> c.name("app").cpu(20).memory(128).memoryReservation(32));

        assertThat(app.cpu()).isEqualTo(20);
        assertThat(app.memory()).isEqualTo(128);
        assertThat(app.memoryReservation()).isEqualTo(32);
    }

    @Test
    void whatIsNotOverriddenStays() {
        var containers = Overrides.apply(DEFINITION, complete(o -> o.containerOverrides(c -> c.name("app"))));

        assertThat(containers)
                .extracting(ContainerDefinition::command)
                .containsExactly(
                        DEFINITION.containerDefinitions().get(0).command(),
                        DEFINITION.containerDefinitions().get(1).command());
    }

    @ParameterizedTest
    @CsvSource({".5 vCPU, 1GB, 512, 1024", "1024, 2048, 1024, 2048"})
    void theTasksSizeMayBeWrittenAsInADefinition(String cpu, String memory, String units, String mebibytes) {
        var complete = complete(o -> o.cpu(cpu).memory(memory));

        assertThat(complete.cpu()).isEqualTo(units);
        assertThat(complete.memory()).isEqualTo(mebibytes);
    }

    @Test
    void aSizeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> complete(o -> o.cpu("lots")))
                .isInstanceOf(AwsError.class)
                .hasMessageStartingWith("Invalid 'cpu' setting for task.");
    }

    private static TaskOverride complete(Consumer<TaskOverride.Builder> overrides) {
        return Overrides.complete(
                DEFINITION, TaskOverride.builder().applyMutation(overrides).build());
    }

    private static ContainerDefinition applied(Consumer<ContainerOverride.Builder> override) {
        return Overrides.apply(DEFINITION, complete(o -> o.containerOverrides(override)))
                .getFirst();
    }

    private static KeyValuePair pair(String name, String value) {
        return KeyValuePair.builder().name(name).value(value).build();
    }
}

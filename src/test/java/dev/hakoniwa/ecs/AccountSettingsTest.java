package dev.hakoniwa.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.testing.WireTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Setting;
import software.amazon.awssdk.services.ecs.model.SettingType;

@WireTest
final class AccountSettingsTest {
    private final TestEcs aws = new TestEcs();
    private final EcsClient ecs = aws.client();
    private final String root = aws.in("arn:aws:iam::123456789012:root");
    private final String ann = aws.in("arn:aws:iam::123456789012:user/ann");

    @Test
    void onlyWhatSomebodyChoseIsListed() {
        ecs.putAccountSetting(p -> p.name("containerInsights").value("enabled").principalArn(ann));

        var anns = ecs.listAccountSettings(l -> l.principalArn(ann)).settings();
        var callers = ecs.listAccountSettings().settings();

        assertThat(anns)
                .containsExactly(Setting.builder()
                        .name("containerInsights")
                        .value("enabled")
                        .principalArn(ann)
                        .type(SettingType.USER)
                        .build());
        assertThat(callers).isEmpty();
    }

    @Test
    void aPrincipalsChoiceStandsBeforeTheAccounts() {
        ecs.putAccountSettingDefault(p -> p.name("containerInsights").value("enabled"));
        ecs.putAccountSettingDefault(p -> p.name("awsvpcTrunking").value("enabled"));
        ecs.putAccountSetting(p -> p.name("containerInsights").value("enhanced").principalArn(ann));

        var effective =
                ecs.listAccountSettingsPaginator(l -> l.principalArn(ann).effectiveSettings(true)).settings().stream();

        assertThat(effective)
                .extracting(Setting::nameAsString, Setting::value)
                .contains(
                        tuple("containerInsights", "enhanced"),
                        tuple("awsvpcTrunking", "enabled"),
                        tuple("fargateTaskRetirementWaitPeriod", "7"))
                .hasSize(12);
    }

    @Test
    void aDefaultIsTheRoots() {
        var setting = ecs.putAccountSettingDefault(
                        p -> p.name("defaultLogDriverMode").value("blocking"))
                .setting();

        assertThat(setting.principalArn()).isEqualTo(root);
        assertThat(ecs.listAccountSettings(l -> l.principalArn(root)).settings())
                .containsExactly(setting);
    }

    @Test
    void aDeletedChoiceFallsBackToTheAccounts() {
        ecs.putAccountSettingDefault(p -> p.name("containerInsights").value("enabled"));
        ecs.putAccountSetting(p -> p.name("containerInsights").value("enhanced").principalArn(ann));

        var left = ecs.deleteAccountSetting(d -> d.name("containerInsights").principalArn(ann))
                .setting();

        assertThat(left.value()).isEqualTo("enabled");
        assertThat(ecs.listAccountSettings(l -> l.principalArn(ann)).settings()).isEmpty();
    }

    @Test
    void settingsAreFilteredByNameAndValue() {
        var found = ecs.listAccountSettings(
                        l -> l.name("containerInsights").value("disabled").effectiveSettings(true))
                .settings();
        var none = ecs.listAccountSettings(
                        l -> l.name("containerInsights").value("enabled").effectiveSettings(true))
                .settings();

        assertThat(found).extracting(Setting::value).containsExactly("disabled");
        assertThat(none).isEmpty();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("containerInsights", "on", "Invalid setting 'value'"),
                Arguments.of("serviceLongArnFormat", "disabled", "You can no longer disable"),
                Arguments.of("guardDutyActivate", "on", "Invalid setting 'value'"),
                Arguments.of("containerInsights", "", "Value can not be blank."),
                Arguments.of("", "enabled", "Name can not be blank."),
                Arguments.of(
                        "colour",
                        "red",
                        "unknown should be one of [serviceLongArnFormat,taskLongArnFormat,containerInstanceLongArnFormat,"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aSettingHasItsNamesAndValues(String name, String value, String message) {
        assertThatThrownBy(() -> ecs.putAccountSetting(p -> p.name(name).value(value)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aValueIsOnlyLookedForWithItsName() {
        assertThatThrownBy(() -> ecs.listAccountSettings(l -> l.value("enabled")))
                .isInstanceOf(InvalidParameterException.class);
    }
}

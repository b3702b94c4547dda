package dev.hakoniwa.ecs;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A setting that an account may choose.
///
/// @param standard what holds unless somebody chose otherwise
/// @param values what may be chosen; nothing for a setting that AWS manages
record AccountSetting(String name, String standard, List<String> values) {
    private static final String ENABLED = "enabled";
    private static final String DISABLED = "disabled";
    private static final List<String> SWITCH = List.of(ENABLED, DISABLED);

    static final List<AccountSetting> ALL = List.of(
            new AccountSetting("serviceLongArnFormat", ENABLED, List.of(ENABLED)),
            new AccountSetting("taskLongArnFormat", ENABLED, List.of(ENABLED)),
            new AccountSetting("containerInstanceLongArnFormat", ENABLED, List.of(ENABLED)),
            new AccountSetting("awsvpcTrunking", DISABLED, SWITCH),
            new AccountSetting("containerInsights", DISABLED, List.of(ENABLED, "enhanced", DISABLED)),
            new AccountSetting("dualStackIPv6", ENABLED, SWITCH),
            new AccountSetting("fargateFIPSMode", DISABLED, List.of(ENABLED, DISABLED, "on", "off")),
            new AccountSetting("fargateTaskRetirementWaitPeriod", "7", List.of("0", "7", "14")),
            new AccountSetting("fargateEventWindows", DISABLED, SWITCH),
            new AccountSetting("tagResourceAuthorization", "on", List.of("on", "off")),
            new AccountSetting("guardDutyActivate", "off", List.of()),
            new AccountSetting("defaultLogDriverMode", "non-blocking", List.of("blocking", "non-blocking")));

    static AccountSetting named(@Nullable String name) {
        var present = Errors.present(name, "Name");
        return ALL.stream()
                .filter(setting -> setting.name.equals(present))
                .findFirst()
                .orElseThrow(() -> Errors.invalidParameter("unknown should be one of [" + names() + "]"));
    }

    boolean isReadOnly() {
        return values.isEmpty();
    }

    String checked(@Nullable String value) {
        var present = Errors.present(value, "Value");
        if (name.endsWith("LongArnFormat") && present.equals(DISABLED)) {
            throw Errors.invalidParameter("You can no longer disable the long ARN format.");
        }
        if (!values.contains(present)) {
            throw Errors.invalidParameter("Invalid setting 'value'");
        }
        return present;
    }

    private static String names() {
        return ALL.stream().map(AccountSetting::name).collect(joining(","));
    }
}

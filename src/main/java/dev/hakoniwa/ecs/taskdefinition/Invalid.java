package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.ecs.Errors;
import org.jspecify.annotations.Nullable;

/// What ECS says of a setting of a task definition that it refuses.
final class Invalid {
    private Invalid() {}

    static AwsError task(String setting) {
        return Errors.client("Invalid '%s' setting for task.".formatted(setting));
    }

    static AwsError taskSize(String setting) {
        return Errors.client(
                ("Invalid '%s' setting for task. For more information, see the Troubleshooting section of the"
                                + " Amazon ECS Developer Guide.")
                        .formatted(setting));
    }

    static AwsError container(String container, String setting) {
        return Errors.client("Invalid '%s' setting for container '%s'.".formatted(setting, container));
    }

    /// A container whose settings don't go together, and why.
    static AwsError containerBecause(String container, String why) {
        return Errors.client("Invalid setting for container '%s'. %s".formatted(container, why));
    }

    /// The setting of the task must be a word that ECS knows, if it is there at all.
    static void unlessTaskKnows(@Nullable Enum<?> value, String setting) {
        if (isUnknown(value)) {
            throw task(setting);
        }
    }

    /// The container's setting must be a word that ECS knows, if it is there at all.
    static void unlessKnown(@Nullable Enum<?> value, String container, String setting) {
        if (isUnknown(value)) {
            throw container(container, setting);
        }
    }

    /// The SDK's own mark of a word that is in none of its lists.
    private static boolean isUnknown(@Nullable Enum<?> value) {
        return value != null && value.name().equals("UNKNOWN_TO_SDK_VERSION");
    }

    /// The container's setting must lie between `least` and `most`, if it is there at all.
    static void unlessBetween(int least, int most, @Nullable Integer value, String container, String setting) {
        if (value != null && (value < least || value > most)) {
            throw container(container, setting);
        }
    }

    static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}

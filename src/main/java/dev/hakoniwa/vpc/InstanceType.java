package dev.hakoniwa.vpc;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A type of EC2 instance, and how large it is. The sizes of the general families follow from their names.
public record InstanceType(String name, int vcpus, int mebibytes) {
    private static final int MIB = 1024;
    private static final int VCPUS_OF_XLARGE = 4;
    private static final Pattern GENERAL =
            Pattern.compile("([cmr])[1-9][a-z]{0,4}\\.(medium|large|([1-9]\\d?)?xlarge)");
    private static final Pattern BURSTABLE = Pattern.compile("t[1-9][a-z]{0,2}\\.([a-z0-9]+)");
    private static final Map<String, Integer> MIB_OF_VCPU = Map.of("c", 2 * MIB, "m", 4 * MIB, "r", 8 * MIB);
    private static final Map<String, InstanceType> BURSTABLE_SIZES = Map.of(
            "nano", new InstanceType("nano", 2, MIB / 2),
            "micro", new InstanceType("micro", 2, MIB),
            "small", new InstanceType("small", 2, 2 * MIB),
            "medium", new InstanceType("medium", 2, 4 * MIB),
            "large", new InstanceType("large", 2, 8 * MIB),
            "xlarge", new InstanceType("xlarge", 4, 16 * MIB),
            "2xlarge", new InstanceType("2xlarge", 8, 32 * MIB));

    /// How many tasks of awsvpc have room on an instance.
    ///
    /// @param trunking whether tasks share an interface, where instances of the type can do that
    public int taskInterfaces(boolean trunking) {
        var canTrunk = vcpus > 1 && !isBurstable();
        return trunking && canTrunk ? trunked() : interfaces() - 1;
    }

    private boolean isBurstable() {
        return name.startsWith("t");
    }

    /// How many network interfaces an instance has; one of them is its own.
    private int interfaces() {
        if (vcpus == 1 || (isBurstable() && mebibytes <= MIB)) {
            return 2;
        }
        if (vcpus == 2 || name.startsWith("t2.")) {
            return 3;
        }
        if (vcpus <= 2 * VCPUS_OF_XLARGE) {
            return 4;
        }
        return vcpus < 16 * VCPUS_OF_XLARGE ? 8 : 15;
    }

    private int trunked() {
        return switch (vcpus) {
            case 2 -> 10;
            case VCPUS_OF_XLARGE -> 18;
            case 2 * VCPUS_OF_XLARGE -> 38;
            default -> vcpus < 16 * VCPUS_OF_XLARGE ? 58 : 118;
        };
    }

    public static Optional<InstanceType> of(String name) {
        var burstable = BURSTABLE.matcher(name);
        if (burstable.matches()) {
            return Optional.ofNullable(BURSTABLE_SIZES.get(burstable.group(1)))
                    .map(size -> new InstanceType(name, size.vcpus, size.mebibytes));
        }
        var general = GENERAL.matcher(name);
        if (!general.matches()) {
            return Optional.empty();
        }
        var vcpus = switch (general.group(2)) {
            case "medium" -> 1;
            case "large" -> 2;
            default -> VCPUS_OF_XLARGE * (general.group(3) == null ? 1 : Integer.parseInt(general.group(3)));
        };
        var each = MIB_OF_VCPU.getOrDefault(general.group(1), 0);
        return Optional.of(new InstanceType(name, vcpus, vcpus * each));
    }
}

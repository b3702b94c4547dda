package dev.hakoniwa.ecs.task;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Tags;
import dev.hakoniwa.ecs.task.state.EbsVolume;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.EBSResourceType;
import software.amazon.awssdk.services.ecs.model.EBSTagSpecification;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.ServiceManagedEBSVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.ServiceVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskFilesystemType;
import software.amazon.awssdk.services.ecs.model.TaskManagedEBSVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.TaskVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.Volume;

/// The volume that a task definition leaves to be configured at launch, as RunTask and CreateService configure it
/// (ecs-tasks.md §12).
public final class VolumeChecks {
    private static final int MOST_THROUGHPUT = 1000;

    /// What volumes of a type can be: sizes in GiB, and how many operations a second may be asked for; 0 for none.
    private record Type(int least, int most, int leastIops, int mostIops) {}

    private static final Map<String, Type> TYPES = Map.of(
            "gp2", new Type(1, 16_384, 0, 0),
            "gp3", new Type(1, 16_384, 3_000, 16_000),
            "io1", new Type(4, 16_384, 100, 64_000),
            "io2", new Type(4, 16_384, 100, 256_000),
            "sc1", new Type(125, 16_384, 0, 0),
            "st1", new Type(125, 16_384, 0, 0),
            "standard", new Type(1, 1_024, 0, 0));

    private VolumeChecks() {}

    /// The volume of each task; null if the definition leaves none open.
    static @Nullable EbsVolume ofTask(TaskDefinition definition, List<TaskVolumeConfiguration> given) {
        var open = definition.volumes().stream()
                .filter(volume -> Boolean.TRUE.equals(volume.configuredAtLaunch()))
                .map(Volume::name)
                .findFirst();
        if (given.isEmpty() && open.isEmpty()) {
            return null;
        }
        if (given.isEmpty()) {
            throw Errors.invalidParameter(
                    "The volume " + open.get() + " of the task definition is configured at launch,"
                            + " but no volume configuration was provided.");
        }
        if (given.size() > 1) {
            throw Errors.invalidParameter("volumeConfigurations can have at most 1 items.");
        }
        var configuration = given.getFirst();
        var name = Errors.present(configuration.name(), "Volume configuration name");
        if (open.filter(name::equals).isEmpty()) {
            throw Errors.invalidParameter(
                    "Volume configuration provided but no matching configuredAtLaunch volume found"
                            + " in task definition.");
        }
        if (configuration.managedEBSVolume() == null) {
            throw Errors.invalidParameter("managedEBSVolume must be specified for volume " + name + ".");
        }
        return volume(name, configuration.managedEBSVolume());
    }

    /// The volume of each of a service's tasks, which always goes with its task.
    public static @Nullable EbsVolume ofService(TaskDefinition definition, List<ServiceVolumeConfiguration> given) {
        return ofTask(
                definition,
                given.stream()
                        .map(configuration -> TaskVolumeConfiguration.builder()
                                .name(configuration.name())
                                .managedEBSVolume(asOfTask(configuration.managedEBSVolume()))
                                .build())
                        .toList());
    }

    private static @Nullable TaskManagedEBSVolumeConfiguration asOfTask(
            @Nullable ServiceManagedEBSVolumeConfiguration ebs) {
        return ebs == null
                ? null
                : TaskManagedEBSVolumeConfiguration.builder()
                        .volumeType(ebs.volumeType())
                        .sizeInGiB(ebs.sizeInGiB())
                        .snapshotId(ebs.snapshotId())
                        .iops(ebs.iops())
                        .throughput(ebs.throughput())
                        .tagSpecifications(ebs.tagSpecifications())
                        .roleArn(ebs.roleArn())
                        .filesystemType(ebs.filesystemTypeAsString())
                        .build();
    }

    private static EbsVolume volume(String name, TaskManagedEBSVolumeConfiguration ebs) {
        var role = Errors.present(ebs.roleArn(), "roleArn");
        if (Arn.parse(role).filter(arn -> arn.service().equals("iam")).isEmpty()) {
            throw Errors.invalidArn();
        }
        if (ebs.filesystemType() == TaskFilesystemType.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalidParameter("filesystemType should be one of [ext3,ext4,xfs,ntfs]");
        }
        size(ebs);
        ebs.tagSpecifications().forEach(VolumeChecks::tags);
        var policy = ebs.terminationPolicy();
        return EbsVolume.wanted(name, role, policy == null || !Boolean.FALSE.equals(policy.deleteOnTermination()));
    }

    private static void size(TaskManagedEBSVolumeConfiguration ebs) {
        var name = Objects.requireNonNullElse(ebs.volumeType(), "gp3");
        var type = TYPES.get(name);
        if (type == null) {
            throw Errors.invalidParameter("volumeType should be one of [gp2,gp3,io1,io2,sc1,st1,standard]");
        }
        if (ebs.sizeInGiB() == null && ebs.snapshotId() == null) {
            throw Errors.invalidParameter("Either sizeInGiB or snapshotId must be specified.");
        }
        if (ebs.sizeInGiB() != null && isOutside(ebs.sizeInGiB(), type.least, type.most)) {
            throw outside("sizeInGiB", name, type.least, type.most);
        }
        if (ebs.iops() == null && name.startsWith("io")) {
            throw Errors.invalidParameter("iops must be specified for volume type " + name + ".");
        }
        if (ebs.iops() != null && type.mostIops == 0) {
            throw Errors.invalidParameter("iops is not supported for volume type " + name + ".");
        }
        if (ebs.iops() != null && isOutside(ebs.iops(), type.leastIops, type.mostIops)) {
            throw outside("iops", name, type.leastIops, type.mostIops);
        }
        if (ebs.throughput() != null && !name.equals("gp3")) {
            throw Errors.invalidParameter("throughput is not supported for volume type " + name + ".");
        }
        if (ebs.throughput() != null && isOutside(ebs.throughput(), 1, MOST_THROUGHPUT)) {
            throw outside("throughput", name, 1, MOST_THROUGHPUT);
        }
    }

    private static boolean isOutside(int value, int least, int most) {
        return value < least || value > most;
    }

    private static AwsError outside(String member, String type, int least, int most) {
        return Errors.invalidParameter(
                "%s must be between %d and %d for volume type %s.".formatted(member, least, most, type));
    }

    private static void tags(EBSTagSpecification specification) {
        if (specification.resourceType() != EBSResourceType.VOLUME) {
            throw Errors.invalidParameter("tagSpecifications resourceType should be one of [volume]");
        }
        if (specification.propagateTags() == PropagateTags.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalidParameter("propagateTags should be one of [TASK_DEFINITION,SERVICE,NONE]");
        }
        var _ = Tags.checked(specification.tags());
    }
}

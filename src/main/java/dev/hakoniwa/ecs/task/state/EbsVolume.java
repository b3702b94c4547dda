package dev.hakoniwa.ecs.task.state;

/// An EBS volume that ECS makes for one task and attaches to it.
///
/// @param name of the definition's volume that is configured at launch
/// @param goesWithTask whether it is deleted when the task stops
/// @param volumeId empty until the task is there
/// @param attachmentId empty until the task is there
public record EbsVolume(String name, String roleArn, boolean goesWithTask, String volumeId, String attachmentId) {
    public static EbsVolume wanted(String name, String roleArn, boolean goesWithTask) {
        return new EbsVolume(name, roleArn, goesWithTask, "", "");
    }

    public EbsVolume with(String newVolumeId, String newAttachmentId) {
        return new EbsVolume(name, roleArn, goesWithTask, newVolumeId, newAttachmentId);
    }
}

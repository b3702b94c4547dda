package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// The network interfaces of awsvpc tasks (ecs-tasks.md §11).
final class TaskAddressTest {
    private final Story story = Story.calm();

    @Test
    void aTasksInterfaceIsOneOfTheVpc() {
        story.defineAwsvpc("web", container("app"), container("side"));

        var task = story.startedAwsvpc("web");

        var made = interfaces().getFirst();
        assertThat(detail(task, "networkInterfaceId")).isEqualTo(made.networkInterfaceId());
        assertThat(detail(task, "subnetId")).isEqualTo(made.subnetId());
        assertThat(detail(task, "macAddress")).isEqualTo(made.macAddress()).matches("0[26ae](:[0-9a-f]{2}){5}");
        assertThat(detail(task, "privateIPv4Address")).isEqualTo(made.privateIpAddress());
        assertThat(detail(task, "privateDnsName"))
                .isEqualTo("ip-" + made.privateIpAddress().replace('.', '-') + ".ec2.internal");
        assertThat(task.availabilityZone()).isEqualTo(made.availabilityZone());
        assertThat(task.containers())
                .allSatisfy(c -> assertThat(c.networkInterfaces())
                        .singleElement()
                        .satisfies(i -> {
                            assertThat(i.attachmentId())
                                    .isEqualTo(task.attachments().getFirst().id());
                            assertThat(i.privateIpv4Address()).isEqualTo(made.privateIpAddress());
                        }));
    }

    @Test
    void theInterfaceGoesWithItsTask() {
        story.defineAwsvpc("web", container("app"));
        var task = story.startedAwsvpc("web");

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);

        assertThat(interfaces()).isEmpty();
        assertThat(story.now(task).attachments().getFirst().status()).isEqualTo("DELETED");
    }

    @Test
    void aTaskWithoutASecurityGroupIsInTheVpcsDefaultOne() {
        story.defineAwsvpc("web", container("app"));

        story.startedAwsvpc("web");

        assertThat(interfaces().getFirst().groups())
                .singleElement()
                .satisfies(g -> assertThat(g.groupName()).isEqualTo("default"));
    }

    @Test
    void aSubnetWithoutAFreeAddressFailsTheTask() {
        var vpc = story.aws()
                .ec2()
                .createVpc(v -> v.cidrBlock("10.9.0.0/16"))
                .vpc()
                .vpcId();
        var small = story.aws()
                .ec2()
                .createSubnet(s -> s.vpcId(vpc).cidrBlock("10.9.1.0/28"))
                .subnet()
                .subnetId();
        story.defineAwsvpc("web", container("app"));
        var network = NetworkConfiguration.builder()
                .awsvpcConfiguration(v -> v.subnets(small))
                .build();
        var tasks = IntStream.range(0, 11)
                .mapToObj(_ -> story.run("web", r -> r.networkConfiguration(network)))
                .toList();
        story.letPassSeconds(5);

        var late = story.run("web", r -> r.networkConfiguration(network));
        story.letPass(Story.SOON);

        assertThat(tasks)
                .allSatisfy(task -> assertThat(story.now(task).lastStatus()).isEqualTo("RUNNING"));
        assertThat(tasks)
                .extracting(task -> detail(story.now(task), "privateIPv4Address"))
                .doesNotHaveDuplicates();
        assertThat(story.now(late).stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(story.now(late).stoppedReason())
                .isEqualTo(
                        "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment "
                                + "disabled in subnet '" + small + "': InsufficientFreeAddressesInSubnet");
    }

    private List<NetworkInterface> interfaces() {
        return story.aws().ec2().describeNetworkInterfaces().networkInterfaces();
    }

    private static String detail(Task task, String name) {
        return task.attachments().getFirst().details().stream()
                .filter(d -> d.name().equals(name))
                .map(KeyValuePair::value)
                .findFirst()
                .orElseThrow();
    }
}

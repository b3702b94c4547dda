package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import org.junit.jupiter.api.Test;

final class ForeignSecurityGroupTest {
    private final Story story = Story.calm();

    @Test
    void aSecurityGroupOfAnotherVpcIsRefused() {
        story.defineAwsvpc("awsvpc", container("app"));
        var vpc = story.aws()
                .ec2()
                .createVpc(v -> v.cidrBlock("10.9.0.0/16"))
                .vpc()
                .vpcId();
        var foreign = story.aws()
                .ec2()
                .createSecurityGroup(
                        g -> g.groupName("foreign").description("foreign").vpcId(vpc))
                .groupId();

        assertThatThrownBy(() -> story.createService(
                        "web",
                        "awsvpc",
                        1,
                        s -> s.networkConfiguration(n -> n.awsvpcConfiguration(
                                v -> v.subnets(story.aws().subnets()).securityGroups(foreign)))))
                .hasMessageStartingWith("Security group " + foreign
                        + " does not appear to belong to the same VPC as the input subnets.");
    }
}

package dev.hakoniwa.aws.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;

final class UnknownMembersTest {
    private final List<String> told = new ArrayList<>();
    private final Shapes shapes = new Shapes(told::add);

    @Test
    void eachIsToldOnceWithItsPlace() {
        json("{\"clusterName\": \"a\", \"colour\": 1, \"settings\": [{\"shade\": 1}, {\"shade\": 2}]}");
        json("{\"colour\": {\"deep\": [{}]}, \"0\": 1}");

        assertThat(told)
                .containsExactly("ecs.CreateCluster.colour", "ecs.CreateCluster.settings.shade", "ecs.CreateCluster.0");
    }

    @Test
    void theTypeOfAUnionIsNone() {
        json("{\"__type\": \"x\"}");

        assertThat(told).isEmpty();
    }

    @Test
    void fieldsOfFormsAreToldToo() {
        var form = form("Action=A&Version=1&Colour=x&Tags.member.1.Shade=y&Tags.member.x=z&X-Amz-Date=1");

        shapes.readQuery(form, CreateTargetGroupRequest.builder(), "elasticloadbalancing.CreateTargetGroup");

        assertThat(told)
                .containsExactlyInAnyOrder(
                        "elasticloadbalancing.CreateTargetGroup.Colour",
                        "elasticloadbalancing.CreateTargetGroup.Tags.1.Shade",
                        "elasticloadbalancing.CreateTargetGroup.Tags.x");
    }

    @Test
    void ec2SpellsItsFieldsItsOwnWay() {
        shapes.readEc2Query(
                form("subnetId.1=a&Filters.1.Name=b"), DescribeSubnetsRequest.builder(), "ec2.DescribeSubnets");

        assertThat(told).containsExactlyInAnyOrder("ec2.DescribeSubnets.subnetId", "ec2.DescribeSubnets.Filters");
    }

    @Test
    void noOneFillsTheLogWithThem() {
        IntStream.range(0, 5_000).forEach(i -> json("{\"member" + i + "\": 1}"));
        json("{\"" + "x".repeat(10_000) + "\": 1}");

        assertThat(told).hasSize(1_000);
    }

    @Test
    void noOneForgesALineOfTheLog() {
        json("{\"a\\n2026-01-02 ERROR all is lost\": 1}");

        assertThat(told).containsExactly("ecs.CreateCluster.a?2026-01-02 ERROR all is lost");
    }

    private void json(String text) {
        shapes.readJson(text.getBytes(StandardCharsets.UTF_8), CreateClusterRequest.builder(), "ecs.CreateCluster");
    }

    private static Form form(String text) {
        return Form.parse(text, new byte[0]);
    }
}

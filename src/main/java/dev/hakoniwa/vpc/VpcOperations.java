package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.vpc.Inventory.VpcAttributes;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;

/// The operations on VPCs.
final class VpcOperations {
    private final Inventory inventory;
    private final Defaults defaults;

    VpcOperations(Inventory inventory, Defaults defaults) {
        this.inventory = inventory;
        this.defaults = defaults;
    }

    DescribeVpcAttributeResponse describeAttribute(Call call, DescribeVpcAttributeRequest request) {
        defaults.touch(call.scope());
        var vpcId = Errors.present(request.vpcId(), "VpcId");
        var name = Errors.present(request.attributeAsString(), "Attribute");
        var attributes = inventory.vpcAttributes.find(call.scope(), vpcId).orElseThrow(() -> Errors.vpcNotFound(vpcId));
        return described(attributes, name).vpcId(vpcId).build();
    }

    private static DescribeVpcAttributeResponse.Builder described(VpcAttributes attributes, String name) {
        var answer = DescribeVpcAttributeResponse.builder();
        return switch (name) {
            case "enableDnsSupport" -> answer.enableDnsSupport(value(attributes.dnsSupport()));
            case "enableDnsHostnames" -> answer.enableDnsHostnames(value(attributes.dnsHostnames()));
            case "enableNetworkAddressUsageMetrics" ->
                answer.enableNetworkAddressUsageMetrics(value(attributes.networkAddressUsageMetrics()));
            default ->
                throw Errors.invalidValue(
                        "Value (%s) for parameter attribute is invalid. Unknown attribute.".formatted(name));
        };
    }

    private static AttributeBooleanValue value(boolean value) {
        return AttributeBooleanValue.builder().value(value).build();
    }
}

package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.vpc.Inventory.VpcAttributes;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/// The operations on VPCs.
final class VpcOperations {
    private static final int LARGEST = 16;
    private static final int SMALLEST = 28;

    private final Inventory inventory;
    private final Defaults defaults;

    private final Vpcs vpcs;
    private final Tagging tagging;

    VpcOperations(Inventory inventory, Defaults defaults, Vpcs vpcs, Tagging tagging) {
        this.inventory = inventory;
        this.defaults = defaults;
        this.vpcs = vpcs;
        this.tagging = tagging;
    }

    /// EC2 brings a range into its canonical form: 10.0.0.1/16 is 10.0.0.0/16.
    CreateVpcResponse create(Call call, CreateVpcRequest request) {
        var scope = call.scope();
        defaults.touch(scope);
        if (request.ipv4IpamPoolId() != null || request.ipv6IpamPoolId() != null) {
            throw Errors.ipamPoolNotFound(
                    String.valueOf(Objects.requireNonNullElse(request.ipv4IpamPoolId(), request.ipv6IpamPoolId())));
        }
        var text = Errors.present(request.cidrBlock(), "cidrBlock");
        var cidr = Cidr.parseLoosely(text).orElseThrow(() -> Errors.notACidr(text));
        if (cidr.prefix() < LARGEST || cidr.prefix() > SMALLEST) {
            throw Errors.vpcRange(text);
        }

        var made = vpcs.add(scope, cidr, false);
        var tags = tagging.addAll(scope, made.vpcId(), ResourceType.VPC, request.tagSpecifications());
        return CreateVpcResponse.builder().vpc(made.copy(v -> v.tags(tags))).build();
    }

    DeleteVpcResponse delete(Call call, DeleteVpcRequest request) {
        defaults.touch(call.scope());
        var vpcId = Errors.present(request.vpcId(), "vpcId");
        if (!inventory.vpcs.contains(call.scope(), vpcId)) {
            throw Errors.vpcNotFound(vpcId);
        }
        if (vpcs.isUsed(call.scope(), vpcId)) {
            throw Errors.inUse("vpc", vpcId);
        }
        vpcs.remove(call.scope(), vpcId);
        return DeleteVpcResponse.builder().build();
    }

    /// One attribute a call.
    ModifyVpcAttributeResponse modifyAttribute(Call call, ModifyVpcAttributeRequest request) {
        defaults.touch(call.scope());
        var vpcId = Errors.present(request.vpcId(), "vpcId");
        var before = inventory.vpcAttributes.find(call.scope(), vpcId).orElseThrow(() -> Errors.vpcNotFound(vpcId));
        var sent = Stream.of(
                        request.enableDnsSupport(),
                        request.enableDnsHostnames(),
                        request.enableNetworkAddressUsageMetrics())
                .filter(Objects::nonNull)
                .count();
        if (sent == 0) {
            throw Errors.missing("attribute");
        }
        if (sent > 1) {
            throw Errors.invalidCombination("Fields for multiple attribute types specified");
        }
        var after = new VpcAttributes(
                changed(request.enableDnsSupport(), before.dnsSupport()),
                changed(request.enableDnsHostnames(), before.dnsHostnames()),
                changed(request.enableNetworkAddressUsageMetrics(), before.networkAddressUsageMetrics()));
        inventory.vpcAttributes.put(call.scope(), vpcId, after);
        return ModifyVpcAttributeResponse.builder().build();
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

    private static boolean changed(@Nullable AttributeBooleanValue sent, boolean before) {
        return (sent == null || sent.value() == null) ? before : sent.value();
    }
}

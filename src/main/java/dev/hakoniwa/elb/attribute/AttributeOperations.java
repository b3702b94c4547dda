package dev.hakoniwa.elb.attribute;

import static dev.hakoniwa.elb.Constraints.sent;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.DataPlaneUpdates;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.Errors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/// Tells and changes attributes. Only what somebody has set is kept; the rest are AWS's defaults.
public final class AttributeOperations {
    private final ElbTables kept;
    private final DataPlaneUpdates updates;

    public AttributeOperations(ElbTables kept, DataPlaneUpdates updates) {
        this.kept = kept;
        this.updates = updates;
    }

    public DescribeLoadBalancerAttributesResponse loadBalancer(
            Call call, DescribeLoadBalancerAttributesRequest request) {
        keyOfLoadBalancer(call.scope(), request.loadBalancerArn());
        var attributes = loadBalancerAttributes(call.scope(), request.loadBalancerArn());
        return DescribeLoadBalancerAttributesResponse.builder()
                .attributes(attributes)
                .build();
    }

    public ModifyLoadBalancerAttributesResponse modifyLoadBalancer(
            Call call, ModifyLoadBalancerAttributesRequest request) {
        var key = keyOfLoadBalancer(call.scope(), request.loadBalancerArn());
        var wanted = LoadBalancerAttributes.ALL.checked(
                sent("attributes", request.hasAttributes(), request.attributes()).stream()
                        .map(attribute -> new Attributes.Pair(attribute.key(), attribute.value()))
                        .toList());
        LoadBalancerAttributes.check(wanted);
        set(call.scope(), request.loadBalancerArn(), wanted);
        updates.loadBalancer(call.scope(), key);
        return ModifyLoadBalancerAttributesResponse.builder()
                .attributes(loadBalancerAttributes(call.scope(), request.loadBalancerArn()))
                .build();
    }

    public DescribeTargetGroupAttributesResponse targetGroup(Call call, DescribeTargetGroupAttributesRequest request) {
        keptTargetGroup(call.scope(), request.targetGroupArn());
        return DescribeTargetGroupAttributesResponse.builder()
                .attributes(targetGroupAttributes(call.scope(), request.targetGroupArn()))
                .build();
    }

    public ModifyTargetGroupAttributesResponse modifyTargetGroup(
            Call call, ModifyTargetGroupAttributesRequest request) {
        var group = keptTargetGroup(call.scope(), request.targetGroupArn());
        var wanted = TargetGroupAttributes.ALL.checked(
                sent("attributes", request.hasAttributes(), request.attributes()).stream()
                        .map(attribute -> new Attributes.Pair(attribute.key(), attribute.value()))
                        .toList());
        var values = TargetGroupAttributes.ALL.values(merged(call.scope(), request.targetGroupArn(), wanted));
        TargetGroupAttributes.check(values, group.protocolAsString());
        set(call.scope(), request.targetGroupArn(), wanted);
        updates.targetGroup(
                call.scope(), Kind.TARGET_GROUP.key(call.scope(), "targetGroupArn", group.targetGroupArn()));
        return ModifyTargetGroupAttributesResponse.builder()
                .attributes(targetGroupAttributes(call.scope(), request.targetGroupArn()))
                .build();
    }

    public DescribeListenerAttributesResponse listener(Call call, DescribeListenerAttributesRequest request) {
        mustHaveListener(call.scope(), request.listenerArn());
        return DescribeListenerAttributesResponse.builder()
                .attributes(listenerAttributes(call.scope(), request.listenerArn()))
                .build();
    }

    public ModifyListenerAttributesResponse modifyListener(Call call, ModifyListenerAttributesRequest request) {
        mustHaveListener(call.scope(), request.listenerArn());
        var wanted = ListenerAttributes.ALL.checked(
                sent("attributes", request.hasAttributes(), request.attributes()).stream()
                        .map(attribute -> new Attributes.Pair(attribute.key(), attribute.value()))
                        .toList());
        set(call.scope(), request.listenerArn(), wanted);
        return ModifyListenerAttributesResponse.builder()
                .attributes(listenerAttributes(call.scope(), request.listenerArn()))
                .build();
    }

    private String keyOfLoadBalancer(Scope scope, String arn) {
        var key = Kind.LOAD_BALANCER.key(scope, "loadBalancerArn", arn);
        if (!kept.loadBalancers().contains(scope, key)) {
            throw Errors.loadBalancerNotFound(arn);
        }
        return key;
    }

    private void mustHaveListener(Scope scope, String arn) {
        var key = Kind.LISTENER.key(scope, "listenerArn", arn);
        if (!kept.listeners().contains(scope, key)) {
            throw Errors.listenerNotFound(arn);
        }
    }

    private TargetGroup keptTargetGroup(Scope scope, String arn) {
        var key = Kind.TARGET_GROUP.key(scope, "targetGroupArn", arn);
        return kept.targetGroups().find(scope, key).orElseThrow(Errors::targetGroupsNotFound);
    }

    private List<LoadBalancerAttribute> loadBalancerAttributes(Scope scope, String arn) {
        return LoadBalancerAttributes.ALL
                .of(kept, scope, arn)
                .each((key, value) ->
                        LoadBalancerAttribute.builder().key(key).value(value).build());
    }

    private List<TargetGroupAttribute> targetGroupAttributes(Scope scope, String arn) {
        return TargetGroupAttributes.ALL
                .of(kept, scope, arn)
                .each((key, value) ->
                        TargetGroupAttribute.builder().key(key).value(value).build());
    }

    private List<ListenerAttribute> listenerAttributes(Scope scope, String arn) {
        return ListenerAttributes.ALL
                .of(kept, scope, arn)
                .each((key, value) ->
                        ListenerAttribute.builder().key(key).value(value).build());
    }

    private Map<String, String> merged(Scope scope, String arn, Map<String, String> wanted) {
        var merged = new HashMap<>(kept.attributesOf(scope, arn));
        merged.putAll(wanted);
        return Map.copyOf(merged);
    }

    private void set(Scope scope, String arn, Map<String, String> wanted) {
        kept.attributes().put(scope, arn, merged(scope, arn, wanted));
    }
}

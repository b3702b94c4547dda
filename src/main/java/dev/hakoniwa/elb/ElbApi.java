package dev.hakoniwa.elb;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Service;
import dev.hakoniwa.elb.attribute.AttributeOperations;
import dev.hakoniwa.elb.loadbalancer.LoadBalancers;
import dev.hakoniwa.elb.loadbalancer.NewLoadBalancers;
import dev.hakoniwa.elb.rule.Listeners;
import dev.hakoniwa.elb.rule.Priorities;
import dev.hakoniwa.elb.rule.Rules;
import dev.hakoniwa.elb.targetgroup.NewTargetGroups;
import dev.hakoniwa.elb.targetgroup.TargetGroups;
import dev.hakoniwa.elb.targetgroup.TargetOperations;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;

/// The table of the operations that Elastic Load Balancing v2 answers.
public final class ElbApi {
    public static final Service SERVICE = Service.query(
            "elasticloadbalancing", "2015-12-01", "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/");

    private ElbApi() {}

    static void loadBalancers(Operations operations, NewLoadBalancers newOnes, LoadBalancers loadBalancers) {
        operations
                .on("CreateLoadBalancer", CreateLoadBalancerRequest::builder, newOnes::create)
                .on("DescribeLoadBalancers", DescribeLoadBalancersRequest::builder, loadBalancers::describe)
                .on("DeleteLoadBalancer", DeleteLoadBalancerRequest::builder, loadBalancers::delete)
                .on("SetSubnets", SetSubnetsRequest::builder, loadBalancers::setSubnets)
                .on("SetSecurityGroups", SetSecurityGroupsRequest::builder, loadBalancers::setSecurityGroups)
                .on("SetIpAddressType", SetIpAddressTypeRequest::builder, loadBalancers::setIpAddressType)
                .on(
                        "DescribeCapacityReservation",
                        DescribeCapacityReservationRequest::builder,
                        loadBalancers::describeCapacity);
    }

    static void listeners(Operations operations, Listeners listeners, Rules rules, Priorities priorities) {
        operations
                .on("CreateListener", CreateListenerRequest::builder, listeners::create)
                .on("DescribeListeners", DescribeListenersRequest::builder, listeners::describe)
                .on("ModifyListener", ModifyListenerRequest::builder, listeners::modify)
                .on("DeleteListener", DeleteListenerRequest::builder, listeners::delete)
                .on("CreateRule", CreateRuleRequest::builder, rules::create)
                .on("DescribeRules", DescribeRulesRequest::builder, rules::describe)
                .on("ModifyRule", ModifyRuleRequest::builder, rules::modify)
                .on("DeleteRule", DeleteRuleRequest::builder, rules::delete)
                .on("SetRulePriorities", SetRulePrioritiesRequest::builder, priorities::set);
    }

    static void targetGroups(
            Operations operations, NewTargetGroups newOnes, TargetGroups groups, TargetOperations targets) {
        operations
                .on("CreateTargetGroup", CreateTargetGroupRequest::builder, newOnes::create)
                .on("DescribeTargetGroups", DescribeTargetGroupsRequest::builder, groups::describe)
                .on("ModifyTargetGroup", ModifyTargetGroupRequest::builder, groups::modify)
                .on("DeleteTargetGroup", DeleteTargetGroupRequest::builder, groups::delete)
                .on("RegisterTargets", RegisterTargetsRequest::builder, targets::register)
                .on("DeregisterTargets", DeregisterTargetsRequest::builder, targets::deregister)
                .on("DescribeTargetHealth", DescribeTargetHealthRequest::builder, targets::health);
    }

    static void general(Operations operations, AttributeOperations attributes, Tags tags) {
        operations
                .on(
                        "DescribeLoadBalancerAttributes",
                        DescribeLoadBalancerAttributesRequest::builder,
                        attributes::loadBalancer)
                .on(
                        "ModifyLoadBalancerAttributes",
                        ModifyLoadBalancerAttributesRequest::builder,
                        attributes::modifyLoadBalancer)
                .on("DescribeListenerAttributes", DescribeListenerAttributesRequest::builder, attributes::listener)
                .on("ModifyListenerAttributes", ModifyListenerAttributesRequest::builder, attributes::modifyListener)
                .on(
                        "DescribeTargetGroupAttributes",
                        DescribeTargetGroupAttributesRequest::builder,
                        attributes::targetGroup)
                .on(
                        "ModifyTargetGroupAttributes",
                        ModifyTargetGroupAttributesRequest::builder,
                        attributes::modifyTargetGroup)
                .on("AddTags", AddTagsRequest::builder, tags::add)
                .on("RemoveTags", RemoveTagsRequest::builder, tags::remove)
                .on("DescribeTags", DescribeTagsRequest::builder, tags::describe)
                .on("DescribeAccountLimits", DescribeAccountLimitsRequest::builder, AccountLimits::describe)
                .on("DescribeSSLPolicies", DescribeSslPoliciesRequest::builder, SslPolicies::describe);
    }
}

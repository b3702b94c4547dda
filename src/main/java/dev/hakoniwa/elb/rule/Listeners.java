package dev.hakoniwa.elb.rule;

import static dev.hakoniwa.elb.Constraints.sent;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.DataPlaneUpdates;
import dev.hakoniwa.elb.ElbArns;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.elb.Pages;
import dev.hakoniwa.elb.Tags;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/// The listeners there are. What a listener does with a request that no rule matches is its default rule's.
public final class Listeners {
    private static final int MOST_LISTENERS = 50;

    private final ElbTables kept;
    private final RuleBook rules;
    private final DataPlaneUpdates updates;
    private final Ids ids;

    public Listeners(ElbTables kept, RuleBook rules, DataPlaneUpdates updates, Ids ids) {
        this.kept = kept;
        this.rules = rules;
        this.updates = updates;
        this.ids = ids;
    }

    public CreateListenerResponse create(Call call, CreateListenerRequest request) {
        var scope = call.scope();
        var entrance = Entrance.of(request);
        var loadBalancer = Kind.LOAD_BALANCER.key(scope, "loadBalancerArn", request.loadBalancerArn());
        if (!kept.loadBalancers().contains(scope, loadBalancer)) {
            throw Errors.loadBalancerNotFound(request.loadBalancerArn());
        }
        entrance.check();
        var wanted = sent("defaultActions", request.hasDefaultActions(), request.defaultActions());
        var actions = Actions.checked(wanted, "defaultActions", entrance.port());
        var existing = onPort(scope, loadBalancer, entrance.port());
        if (existing.isPresent()) {
            var same = view(scope, existing.get());
            if (!same.defaultActions().equals(actions)) {
                throw Errors.duplicateListener(request.loadBalancerArn());
            }
            return CreateListenerResponse.builder().listeners(same).build();
        }
        if (kept.listenersOf(scope, loadBalancer).size() >= MOST_LISTENERS) {
            var what = "listeners on load balancer '%s'".formatted(request.loadBalancerArn());
            throw Errors.tooMany("TooManyListeners", what, MOST_LISTENERS);
        }

        var listener = put(scope, loadBalancer, entrance, actions);
        new Tags(kept).create(scope, listener.listenerArn(), request.tags());
        return CreateListenerResponse.builder().listeners(listener).build();
    }

    public DescribeListenersResponse describe(Call call, DescribeListenersRequest request) {
        var page = Pages.of(
                "listeners " + request.loadBalancerArn() + request.listenerArns(),
                chosen(call.scope(), request),
                Listener::listenerArn,
                request.marker(),
                request.pageSize());
        return DescribeListenersResponse.builder()
                .listeners(page.items().stream()
                        .map(listener -> view(call.scope(), listener))
                        .toList())
                .nextMarker(page.nextToken())
                .build();
    }

    public ModifyListenerResponse modify(Call call, ModifyListenerRequest request) {
        var scope = call.scope();
        var key = Kind.LISTENER.key(scope, "listenerArn", request.listenerArn());
        var listener =
                kept.listeners().find(scope, key).orElseThrow(() -> Errors.listenerNotFound(request.listenerArn()));
        var entrance = Entrance.of(request, listener);
        entrance.check();
        var loadBalancer = ElbArns.loadBalancerOf(key);
        if (onPort(scope, loadBalancer, entrance.port())
                .filter(other -> !other.equals(listener))
                .isPresent()) {
            throw Errors.duplicateListener(listener.loadBalancerArn());
        }

        var changed = kept.listeners().put(scope, key, listener.copy(l -> l.port(entrance.port())));
        if (request.hasDefaultActions()) {
            var actions = Actions.checked(request.defaultActions(), "defaultActions", entrance.port());
            var rule = kept.defaultRuleOf(scope, key);
            rules.put(scope, Kind.RULE.key(scope, "ruleArn", rule.ruleArn()), rule.copy(r -> r.actions(actions)));
        }
        updates.loadBalancer(scope, loadBalancer);
        return ModifyListenerResponse.builder().listeners(view(scope, changed)).build();
    }

    public DeleteListenerResponse delete(Call call, DeleteListenerRequest request) {
        var key = Kind.LISTENER.key(call.scope(), "listenerArn", request.listenerArn());
        var listener = kept.listeners()
                .find(call.scope(), key)
                .orElseThrow(() -> Errors.listenerNotFound(request.listenerArn()));
        rules.removeListener(call.scope(), listener);
        return DeleteListenerResponse.builder().build();
    }

    private Listener put(Scope scope, String loadBalancer, Entrance entrance, List<Action> actions) {
        var key = loadBalancer + "/" + ids.hex(16);
        var listener = Listener.builder()
                .listenerArn(Kind.LISTENER.arn(scope, key))
                .loadBalancerArn(Kind.LOAD_BALANCER.arn(scope, loadBalancer))
                .port(entrance.port())
                .protocol(entrance.protocol())
                .build();
        kept.listeners().put(scope, key, listener);
        var rule = key + "/" + ids.hex(16);
        rules.put(
                scope,
                rule,
                Rule.builder()
                        .ruleArn(Kind.RULE.arn(scope, rule))
                        .priority("default")
                        .conditions(List.of())
                        .actions(actions)
                        .isDefault(true)
                        .build());
        return view(scope, listener);
    }

    private Listener view(Scope scope, Listener listener) {
        var key = Kind.LISTENER.key(scope, "listenerArn", listener.listenerArn());
        var rule = kept.defaultRuleOf(scope, key);
        return listener.copy(l -> l.defaultActions(rule.actions()));
    }

    private Optional<Listener> onPort(Scope scope, String loadBalancer, int port) {
        return kept.listenersOf(scope, loadBalancer).stream()
                .filter(listener -> listener.port() == port)
                .findFirst();
    }

    private List<Listener> chosen(Scope scope, DescribeListenersRequest request) {
        if (request.loadBalancerArn() != null && !request.listenerArns().isEmpty()) {
            throw Errors.validation("Listener ARNs and a load balancer ARN cannot be specified at the same time");
        }
        if (!request.listenerArns().isEmpty()) {
            return request.listenerArns().stream()
                    .distinct()
                    .map(arn -> Kind.LISTENER.key(scope, "listenerArns", arn))
                    .map(key -> kept.listeners().find(scope, key).orElseThrow(Errors::listenersNotFound))
                    .toList();
        }
        if (request.loadBalancerArn() == null) {
            throw Errors.validation("You must specify either listener ARNs or a load balancer ARN");
        }
        var loadBalancer = Kind.LOAD_BALANCER.key(scope, "loadBalancerArn", request.loadBalancerArn());
        if (!kept.loadBalancers().contains(scope, loadBalancer)) {
            throw Errors.loadBalancersNotFound();
        }
        return kept.listenersOf(scope, loadBalancer);
    }
}

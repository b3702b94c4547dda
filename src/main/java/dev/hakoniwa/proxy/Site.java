package dev.hakoniwa.proxy;

import dev.hakoniwa.proxy.LoadBalancer.Attributes;
import dev.hakoniwa.proxy.route.Rules;
import dev.hakoniwa.proxy.route.Subject;
import java.util.ArrayList;
import java.util.List;

/// One listener of one load balancer, ready to route. It never changes: a new configuration is a new site.
final class Site {
    private final LoadBalancer loadBalancer;
    private final Listener listener;
    private final Counters counters;
    private final Rules rules;
    private final List<Route> routes;

    Site(LoadBalancer loadBalancer, Listener listener, Counters counters, Groups groups) {
        this.loadBalancer = loadBalancer;
        this.listener = listener;
        this.counters = counters;
        this.rules = new Rules(listener.rules());
        var all = new ArrayList<Route>();
        for (var rule : listener.rules()) {
            all.add(Route.of(rule.action(), rule.transforms(), groups));
        }
        all.add(Route.of(listener.defaultAction(), List.of(), groups));
        this.routes = List.copyOf(all);
    }

    LoadBalancer loadBalancer() {
        return loadBalancer;
    }

    Attributes attributes() {
        return loadBalancer.attributes();
    }

    int port() {
        return listener.port();
    }

    Counters counters() {
        return counters;
    }

    Route route(Subject subject) {
        return routes.get(rules.first(subject));
    }
}

package dev.hakoniwa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Load balancers before one backend on the loopback address: ours, nginx and HAProxy, each with one thread, alive
/// connections to both sides, no access log, and the headers that an Application Load Balancer adds.
final class Proxies implements AutoCloseable {
    private static final String NGINX = """
            daemon off;
            worker_processes 1;
            pid %1$s/nginx-%2$d.pid;
            error_log stderr warn;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              scgi_temp_path %1$s/scgi;
              uwsgi_temp_path %1$s/uwsgi;
              keepalive_requests 1000000000;
              sendfile on;
              tcp_nopush on;
            %3$s
            }
            """;
    private static final String NGINX_BACKEND = """
              server {
                listen 127.0.0.1:%1$d;
                location / { return 200 "Hello from a task of a service behind a load balancer.\\n"; }
                location /large { root %2$s; }
              }
            """;
    private static final String NGINX_PROXY = """
              map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
              upstream backend {
                server 127.0.0.1:%2$d;
                keepalive 64;
                keepalive_requests 1000000000;
              }
              server {
                listen 127.0.0.1:%1$d;
                location / {
                  proxy_pass http://backend;
                  proxy_http_version 1.1;
                  proxy_max_temp_file_size 0;
                  proxy_set_header Host $http_host;
                  proxy_set_header Connection $connection_upgrade;
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                  proxy_set_header X-Forwarded-Proto $scheme;
                  proxy_set_header X-Forwarded-Port $server_port;
                  proxy_set_header X-Amzn-Trace-Id Root=$request_id;
                }
              }
            """;
    private static final String HAPROXY = """
            global
              nbthread 1
              maxconn 4096
            defaults
              mode http
              option forwardfor
              http-reuse always
              timeout client 60s
              timeout server 60s
              timeout connect 5s
              timeout tunnel 1h
            frontend bench
              bind 127.0.0.1:%1$d
              http-request set-header X-Forwarded-Proto http
              http-request set-header X-Forwarded-Port %%[dst_port]
              http-request set-header X-Amzn-Trace-Id Root=%%[uuid]
              default_backend tasks
            backend tasks
              server task 127.0.0.1:%2$d
            """;

    private final List<Emulator> emulators;
    private final List<Child> children = new ArrayList<>();
    private final List<Proxy> all = new ArrayList<>();

    /// A load balancer.
    ///
    /// @param host by which it is asked
    record Proxy(String name, long pid, int port, String host) {
        String url(String path) {
            return "http://127.0.0.1:" + port + path;
        }
    }

    private Proxies(List<Emulator> emulators) {
        this.emulators = emulators;
    }

    /// nginx that answers by itself: a few bytes, and 1 MiB under /large.
    static Child backend(Setup setup, int port) throws IOException, InterruptedException {
        Files.write(setup.folder().resolve("large"), new byte[1024 * 1024]);
        return nginx(setup, port, NGINX_BACKEND.formatted(port, setup.folder()));
    }

    static Proxies before(Setup setup, int backend, Table table) throws Exception {
        var oneLoop = Map.of("QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE", "1");
        var proxies = new Proxies(Emulator.startAll(setup, oneLoop, "--engine", "simulated"));
        for (var emulator : proxies.emulators) {
            var port = Setup.freePort();
            var host = balancer(emulator.aws(), port, backend);
            proxies.all.add(new Proxy(emulator.name(), emulator.pid(), port, host));
        }
        if (Setup.find("nginx").isPresent()) {
            var port = Setup.freePort();
            proxies.take("nginx", nginx(setup, port, NGINX_PROXY.formatted(port, backend)), port);
        } else {
            table.note("nginx is not installed.");
        }
        if (Setup.find("haproxy").isPresent()) {
            var port = Setup.freePort();
            var configuration = setup.write("haproxy-" + port + ".cfg", HAPROXY.formatted(port, backend));
            proxies.take("HAProxy", start(setup, List.of("haproxy", "-db", "-f", configuration.toString())), port);
        } else {
            table.note("HAProxy is not installed.");
        }
        return proxies;
    }

    List<Proxy> all() {
        return all;
    }

    private void take(String name, Child child, int port) {
        children.add(child);
        all.add(new Proxy(name, worker(child), port, "localhost"));
    }

    /// The process that does the work, where the one that was started doesn't.
    static long worker(Child child) {
        return ProcessHandle.of(child.pid()).stream()
                .flatMap(ProcessHandle::children)
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElse(child.pid());
    }

    private static Child nginx(Setup setup, int port, String servers) throws IOException, InterruptedException {
        var configuration = setup.write("nginx-" + port + ".conf", NGINX.formatted(setup.folder(), port, servers));
        return start(setup, List.of("nginx", "-e", "stderr", "-c", configuration.toString()));
    }

    private static Child start(Setup setup, List<String> command) throws IOException, InterruptedException {
        var program = Setup.find(command.getFirst()).orElseThrow();
        var full = new ArrayList<>(command);
        full.set(0, program.toString());
        var child = Child.start(setup, Map.of(), full);
        Thread.sleep(500);
        child.mustRun();
        return child;
    }

    /// A load balancer whose only target is this machine's port; gives back its DNS name once the target is healthy.
    private static String balancer(Aws aws, int port, int backend) throws Exception {
        var subnets = aws.form("ec2", "Action=DescribeSubnets&Version=2016-11-15");
        var ids = Aws.all("<subnetId>([^<]+)</subnetId>", subnets);
        var vpc = Aws.first("<vpcId>([^<]+)</vpcId>", subnets);
        var instance = Aws.first(
                "<instanceId>([^<]+)</instanceId>", aws.form("ec2", "Action=DescribeInstances&Version=2016-11-15"));
        var balancer = elb(
                aws,
                "CreateLoadBalancer&Name=bench&Subnets.member.1=%s&Subnets.member.2=%s"
                        .formatted(ids.get(0), ids.get(1)));
        var group = Aws.first("<TargetGroupArn>([^<]+)<", elb(aws, """
                CreateTargetGroup&Name=bench&Protocol=HTTP&Port=%d&VpcId=%s&TargetType=instance\
                &HealthCheckIntervalSeconds=5&HealthyThresholdCount=2&HealthCheckTimeoutSeconds=2""".formatted(backend, vpc)));
        var _ = elb(
                aws,
                "RegisterTargets&TargetGroupArn=%s&Targets.member.1.Id=%s&Targets.member.1.Port=%d"
                        .formatted(group, instance, backend));
        var _ = elb(aws, """
                CreateListener&LoadBalancerArn=%s&Protocol=HTTP&Port=%d\
                &DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn=%s""".formatted(Aws.first("<LoadBalancerArn>([^<]+)<", balancer), port, group));
        while (!elb(aws, "DescribeTargetHealth&TargetGroupArn=" + group).contains("<State>healthy<")) {
            Thread.sleep(100);
        }
        return Aws.first("<DNSName>([^<]+)<", balancer);
    }

    private static String elb(Aws aws, String action) throws IOException, InterruptedException {
        return aws.form("elasticloadbalancing", "Version=2015-12-01&Action=" + action);
    }

    @Override
    public void close() {
        emulators.forEach(Emulator::close);
        children.forEach(Child::close);
    }
}

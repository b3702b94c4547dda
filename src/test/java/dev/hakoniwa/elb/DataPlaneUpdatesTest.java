package dev.hakoniwa.elb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.InJvm;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

@InJvm("a data plane that can be held")
final class DataPlaneUpdatesTest {
    private final FakeDataPlane dataPlane = new FakeDataPlane();
    private final TestElb elb = TestElb.over(dataPlane, new FakeProbes());

    @Test
    void aSlowUpdateDoesNotWinOverANewerOne() throws InterruptedException {
        var web = elb.loadBalancer("web");
        var listener = elb.listener(web, 80, TestElb.answer(404));
        var gate = new CountDownLatch(1);
        dataPlane.holdNext(gate);

        var slow = Thread.ofPlatform().start(() -> elb.rule(listener, 1, "/a", TestElb.answer(200)));
        eventually(dataPlane::isHolding);
        var newer = Thread.ofPlatform().start(() -> elb.rule(listener, 2, "/b", TestElb.answer(200)));
        eventually(() -> newer.getState() == Thread.State.WAITING || newer.getState() == Thread.State.TERMINATED);
        gate.countDown();
        slow.join();
        newer.join();

        assertThat(dataPlane
                        .loadBalancer(web.loadBalancerArn())
                        .listeners()
                        .getFirst()
                        .rules())
                .extracting(dev.hakoniwa.proxy.Rule::priority)
                .containsExactly(1, 2);
    }

    @Test
    void whatFailsIsNotTold() {
        var web = elb.loadBalancer("web");
        var listener = elb.listener(web, 80, TestElb.answer(404));
        elb.rule(listener, 1, "/a", TestElb.answer(200));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> elb.rule(listener, 1, "/b", TestElb.answer(200))))
                .isNotNull();

        assertThat(dataPlane
                        .loadBalancer(web.loadBalancerArn())
                        .listeners()
                        .getFirst()
                        .rules())
                .hasSize(1);
    }

    @Test
    void targetsThatComeTogetherAreToldOnce() {
        var blue = elb.targetGroup("blue").targetGroupArn();

        elb.client()
                .registerTargets(r -> r.targetGroupArn(blue)
                        .targets(IntStream.rangeClosed(1, 1000)
                                .mapToObj(port -> TargetDescription.builder()
                                        .id("127.0.0.1")
                                        .port(port)
                                        .build())
                                .toList()));

        assertThat(dataPlane.tellings()).containsExactly(blue);
        assertThat(dataPlane.targets(blue)).hasSize(1000);
    }

    /// Waits until it is so, for ten seconds at most.
    private static void eventually(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come to pass within ten seconds");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}

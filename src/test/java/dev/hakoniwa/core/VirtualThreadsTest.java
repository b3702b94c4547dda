package dev.hakoniwa.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class VirtualThreadsTest {
    @Test
    void anActionRunsOnAVirtualThreadOfItsName() {
        var ran = new CompletableFuture<Thread>();
        try (var background = new VirtualThreads(Duration.ofSeconds(5))) {
            background.run("pull web", () -> ran.complete(Thread.currentThread()));
        }

        assertThat(ran).isDone();
        assertThat(ran.join().isVirtual()).isTrue();
        assertThat(ran.join().getName()).isEqualTo("pull web");
    }

    @Test
    void anActionThatThrowsHarmsNoOther() {
        var ran = new AtomicBoolean();
        try (var background = new VirtualThreads(Duration.ofSeconds(5))) {
            background.run("bad", () -> {
                throw new IllegalStateException("expected by the test");
            });
            background.run("good", () -> ran.set(true));
        }

        assertThat(ran).isTrue();
    }

    @Test
    void closingInterruptsWhatDoesNotEnd() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        var background = new VirtualThreads(Duration.ofMillis(20));
        background.run("endless", () -> waitFor(new CountDownLatch(1), interrupted));

        background.close();

        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothingStartsAfterTheEnd() {
        var ran = new AtomicBoolean();
        var background = new VirtualThreads(Duration.ofMillis(20));
        background.close();

        background.run("late", () -> ran.set(true));

        background.close();
        assertThat(ran).isFalse();
    }

    private static void waitFor(CountDownLatch never, CountDownLatch interrupted) {
        try {
            never.await();
        } catch (InterruptedException _) {
            interrupted.countDown();
        }
    }
}

package dev.hakoniwa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.hakoniwa.runtime.ContainerSpec.Mount;
import dev.hakoniwa.runtime.ContainerSpec.Network;
import dev.hakoniwa.runtime.ContainerSpec.Source;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Groups.Share;
import dev.hakoniwa.runtime.Leftovers.Removed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/// What an engine's images, networks and volumes promise, whichever engine it is.
public abstract class ResourcesContract extends EngineContract {
    /// Ranges that nothing else on the machine has, as far as chance goes.
    private final String range = "10." + ThreadLocalRandom.current().nextInt(128, 255) + "."
            + ThreadLocalRandom.current().nextInt(256);

    private static final Share SHARE = new Share(0.5, 64L << 20);

    protected ResourcesContract(TestEngine tested) {
        super(tested);
    }

    @Test
    void anImageIsFoundByReferenceAndById() {
        var image = images().find(image()).orElseThrow();

        assertThat(image.id()).matches("sha256:[0-9a-f]{64}");
        assertThat(images().find(image.id()).orElseThrow().id()).isEqualTo(image.id());
        assertThat(images().find("hakoniwa-test/nowhere:1")).isEmpty();
    }

    @Test
    void thePauseImageNeedsNoPullAndEndsAtOnceWhenStopped() {
        var pause = images().pause();
        var id = run(ContainerSpec.of(name("pause"), pause, labels()));

        containers().stop(id, Duration.ofSeconds(30));

        assertThat(images().find(pause).orElseThrow().id()).isEqualTo(pause).isEqualTo(images().pause());
        assertThat(containers().inspect(id).exitCode()).isEqualTo(143);
    }

    @Test
    void aContainerGetsExactlyTheAddressItWants() {
        networks().create(name("net"), range + ".0/24", labels());

        var one = run(on(name("net"), range + ".77", "one"));
        var other = run(on(name("net"), range + ".2", "other"));

        assertThat(containers().inspect(one).address()).isEqualTo(range + ".77");
        assertThat(containers().inspect(other).address()).isEqualTo(range + ".2");
    }

    @Test
    void anAddressIsTakenOnceAndFreeAgainWhenItsContainerHasEnded() {
        networks().create(name("net"), range + ".0/24", labels());
        var owner = run(on(name("net"), range + ".9", "owner"));
        var late = containers().create(on(name("net"), range + ".9", "late"));

        assertRefused(() -> containers().start(late), Kind.CONFLICT, "Address already in use");
        containers().stop(owner, Duration.ofSeconds(20));
        containers().start(late);
        assertThat(containers().inspect(late).address()).isEqualTo(range + ".9");
    }

    @Test
    void theGatewayHasTheFirstAddress() {
        networks().create(name("net"), range + ".0/24", labels());
        var id = containers().create(on(name("net"), range + ".1", "gateway"));

        assertRefused(() -> containers().start(id), Kind.CONFLICT, "Address already in use");
    }

    @Test
    void anAddressMustLieInTheNetwork() {
        networks().create(name("net"), range + ".0/24", labels());
        var id = containers().create(on(name("net"), "10.1.2.3", "outside"));

        assertRefused(
                () -> containers().start(id),
                Kind.REFUSED,
                "Invalid address 10.1.2.3: It does not belong to any of this network's subnets");
    }

    @Test
    void aNetworkMustBeThereWhenAContainerStarts() {
        var id = containers().create(on(name("nowhere"), range + ".9", "lost"));

        assertRefused(() -> containers().start(id), Kind.NOT_FOUND, "network " + name("nowhere") + " not found");
    }

    @Test
    void networksDoNotOverlap() {
        networks().create(name("wide"), range + ".0/24", labels());

        assertRefused(
                () -> networks().create(name("narrow"), range + ".128/28", labels()),
                Kind.CONFLICT,
                "Pool overlaps with other one on this address space");
        assertThat(networks().list(labels())).containsExactly(name("wide"));
    }

    @Test
    void aNetworkNameIsTakenOnce() {
        networks().create(name("net"), range + ".0/25", labels());

        assertRefused(
                () -> networks().create(name("net"), range + ".128/25", labels()),
                Kind.CONFLICT,
                "network with name " + name("net") + " already exists");
    }

    @Test
    void aNetworkInUseStays() {
        networks().create(name("net"), range + ".0/24", labels());
        run(on(name("net"), range + ".9", "user"));

        var refusal = refusal(() -> networks().remove(name("net")));

        assertThat(refusal.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(refusal.text())
                .startsWith("error while removing network: network " + name("net") + " id ")
                .endsWith(" has active endpoints");
    }

    @Test
    void anAddressIsGivenOnce() {
        var address = linkLocal();
        networks().giveAddress(name("address"), address, labels());

        assertRefused(
                () -> networks().giveAddress(name("again"), address, labels()),
                Kind.CONFLICT,
                "Pool overlaps with other one on this address space");
        assertThat(networks().list(labels())).containsExactly(name("address"));
    }

    @Test
    void networksAreListedByTheirLabels() {
        networks().create(name("one"), range + ".0/26", Map.of(Labels.INSTANCE, instance(), "vpc", "a"));
        networks().create(name("two"), range + ".64/26", Map.of(Labels.INSTANCE, instance(), "vpc", "b"));

        assertThat(networks().list(labels())).containsExactlyInAnyOrder(name("one"), name("two"));
        assertThat(networks().list(Map.of(Labels.INSTANCE, instance(), "vpc", "")))
                .hasSize(2);
        assertThat(networks().list(Map.of(Labels.INSTANCE, instance(), "vpc", "b")))
                .containsExactly(name("two"));
    }

    @Test
    void removingANetworkThatIsNotThereIsNoError() {
        assertThatCode(() -> networks().remove(name("nowhere"))).doesNotThrowAnyException();
    }

    @Test
    void aNetworkOfThisMachineIsRoutable() {
        networks().create(name("net"), range + ".0/24", labels());

        assertThat(networks().isRoutable(name("net"))).isTrue();
        assertRefused(
                () -> networks().isRoutable(name("nowhere")),
                Kind.NOT_FOUND,
                "network " + name("nowhere") + " not found");
    }

    @Test
    void aVolumeIsThereUntilItIsRemoved() {
        volumes().create(name("volume"), "local", Map.of(), labels());

        assertThat(volumes().exists(name("volume"))).isTrue();
        assertThat(volumes().list(labels())).containsExactly(name("volume"));
        volumes().remove(name("volume"));
        volumes().remove(name("volume"));
        assertThat(volumes().exists(name("volume"))).isFalse();
        assertThat(volumes().list(labels())).isEmpty();
    }

    @Test
    void creatingAVolumeThatIsThereLeavesItAsItIs() {
        volumes().create(name("volume"), "local", Map.of(), labels());

        volumes().create(name("volume"), "another-driver", Map.of(), Map.of("other", "label"));

        assertThat(volumes().list(labels())).containsExactly(name("volume"));
        assertThat(volumes().list(Map.of(Labels.INSTANCE, instance(), "other", "")))
                .isEmpty();
    }

    @Test
    void aVolumeInUseStays() {
        volumes().create(name("volume"), "local", Map.of(), labels());
        var user = containers()
                .create(from(endless("user")).volume(name("volume"), "/data").build());

        assertRefused(
                () -> volumes().remove(name("volume")),
                Kind.CONFLICT,
                "remove " + name("volume") + ": volume is in use - [" + user + "]");
    }

    @Test
    void containersJoinAGroupAndKeepIt() {
        var group = group("one");
        var id = run(from(endless("member")).group(group).build());

        assertThat(groups().list(labels())).containsExactly(group);
        assertRefused(() -> groups().remove(group), Kind.CONFLICT, "group " + group + " has containers");
        containers().remove(id);
        eventually(() -> {
            assertThatCode(() -> groups().remove(group)).doesNotThrowAnyException();
            assertThat(groups().list(labels())).isEmpty();
        });
    }

    @Test
    void removingAGroupThatIsNotThereIsNoError() {
        var group = group("one");
        groups().remove(group);

        assertThatCode(() -> groups().remove(group)).doesNotThrowAnyException();
    }

    @Test
    void groupsAreListedByTheLabelsTheyKeep() {
        var other = otherInstance();
        var own = group("one");
        var foreign = groups().create("one", SHARE, Map.of(Labels.INSTANCE, other, Labels.PORT, "4650"))
                .orElseThrow();

        assertThat(groups().list(labels())).containsExactly(own);
        assertThat(groups().list(Map.of(Labels.INSTANCE, other))).containsExactly(foreign);
        assertThat(groups().list(Map.of(Labels.INSTANCE, "", Labels.PORT, "4650")))
                .contains(foreign);
        assertThat(groups().list(Map.of(Labels.INSTANCE, other, Labels.PORT, "4651")))
                .isEmpty();
        assertThat(new Leftovers(engine()).remove(other).problems()).isEmpty();
        assertThat(groups().list(Map.of(Labels.INSTANCE, other))).isEmpty();
        assertThat(groups().list(labels())).containsExactly(own);
    }

    @Test
    void aFolderOfAVolumeIsMounted() {
        volumes().create(name("volume"), "local", Map.of(), labels());

        var id = run(from(endless("user"))
                .mounting(new Mount(new Source.Volume(name("volume"), "a/folder"), "/data", false))
                .build());

        assertThat(containers().inspect(id).status()).isEqualTo(ContainerState.Status.RUNNING);
    }

    @Test
    void whoseThingsAreIsReadFromEachOfThem() {
        var one = new Owner(instance(), "127.0.0.2", 4_711, null);
        var two = new Owner(otherInstance(), "0.0.0.0", 4_566, new ContainerId("c".repeat(64)));
        var three = new Owner(otherInstance(), "127.0.0.1", 65_535, null);
        networks().create(name("net"), range + ".0/26", one.labels());
        volumes().create(name("volume"), "local", Map.of(), two.labels());
        run(from(endless("container")).labels(three.labels()).build());

        assertThat(new Leftovers(engine()).owners()).contains(one, two, three);
    }

    @Test
    void anEmulatorRemovesAllThatItMadeAndNothingElse() {
        var other = otherInstance();
        leave("own", "0/26", labels());
        leave("others", "64/26", Map.of(Labels.INSTANCE, other));

        var removed = new Leftovers(engine()).remove(instance());

        assertThat(removed)
                .isEqualTo(new Removed(1, 1, 1, List.of(), false))
                .hasToString("1 container, 1 network and 1 volume");
        assertThat(new Leftovers(engine()).remove(instance()).isNothing()).isTrue();
        assertThat(containers().list(Map.of(Labels.INSTANCE, other))).hasSize(1);
        assertThat(networks().list(Map.of(Labels.INSTANCE, other))).hasSize(1);
        assertThat(volumes().list(Map.of(Labels.INSTANCE, other))).hasSize(1);
    }

    @Test
    void aFileIsWrittenIntoAVolumeAndLeavesNothingElse() {
        var name = name("files");
        volumes().create(name, "local", Map.of(), labels());

        volumes().write(name, "a.conf", "one");
        volumes().write(name, "a.conf", "two");

        assertThat(volumes().path(name)).startsWith("/").contains(name);
        assertThat(containers().list(labels())).isEmpty();
    }

    @Test
    void aVolumeThatIsNotThereHasNoPlace() {
        var name = name("nowhere");

        assertRefused(() -> volumes().path(name), Kind.NOT_FOUND, "get " + name + ": no such volume");
        assertRefused(() -> volumes().write(name, "a", ""), Kind.NOT_FOUND, "get " + name + ": no such volume");
    }

    @Test
    void whatCanNotBeRemovedIsTold() {
        networks().create(name("net"), range + ".0/24", labels());
        var foreign = Map.of(Labels.INSTANCE, otherInstance());
        var user =
                run(from(on(name("net"), range + ".9", "user")).labels(foreign).build());

        var removed = new Leftovers(engine()).remove(instance());
        containers().remove(user);

        assertThat(removed.networks()).isZero();
        assertThat(removed.problems()).singleElement().asString().endsWith("has active endpoints");
    }

    private String group(String name) {
        return groups().create(name, SHARE, labels()).orElseThrow();
    }

    private void leave(String name, String lastByte, Map<String, String> labels) {
        networks().create(name(name), range + "." + lastByte, labels);
        volumes().create(name(name), "local", Map.of(), labels);
        run(from(endless(name)).labels(labels).volume(name(name), "/data").build());
    }

    private static String linkLocal() {
        var random = ThreadLocalRandom.current();
        return "169.254." + random.nextInt(1, 160) + "." + (random.nextInt(0, 64) * 4 + 2);
    }

    private ContainerSpec on(String network, String address, String name) {
        return from(endless(name)).on(new Network.Attached(network, address)).build();
    }
}

package dev.hakoniwa.vpc;

import java.util.BitSet;
import java.util.Optional;

/// Which addresses of one subnet are taken, by their place in it. Immutable: a change gives another one.
///
/// AWS keeps five for itself: the network's, the router's, the name server's, one for the future, and the broadcast.
final class Addresses {
    static final int RESERVED = 5;
    private static final int RESERVED_AT_START = 4;

    private final BitSet taken;
    private final int size;

    private Addresses(BitSet taken, int size) {
        this.taken = taken;
        this.size = size;
    }

    static Addresses none(Cidr subnet) {
        return new Addresses(new BitSet(), subnet.size());
    }

    /// The lowest place that is free.
    Optional<Integer> free() {
        var place = taken.nextClearBit(RESERVED_AT_START);
        return place < size - 1 ? Optional.of(place) : Optional.empty();
    }

    Addresses take(int place) {
        if (taken.get(place)) {
            throw new IllegalStateException("address " + place + " is taken");
        }
        return changed(place, true);
    }

    Addresses release(int place) {
        return changed(place, false);
    }

    int available() {
        return size - RESERVED - taken.cardinality();
    }

    boolean isUnused() {
        return taken.isEmpty();
    }

    private Addresses changed(int place, boolean isTaken) {
        var copy = (BitSet) taken.clone();
        copy.set(place, isTaken);
        return new Addresses(copy, size);
    }
}

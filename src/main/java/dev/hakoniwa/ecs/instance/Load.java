package dev.hakoniwa.ecs.instance;

/// How much of an instance is taken, by how many tasks.
record Load(long cpu, long memory, int interfaces, int running, int pending) {
    static final Load NONE = new Load(0, 0, 0, 0, 0);

    static Load of(Stake stake) {
        var needs = stake.needs();
        return switch (stake.standing()) {
            case RUNNING -> new Load(needs.cpu(), needs.memory(), needs.interfaces(), 1, 0);
            case PENDING -> new Load(needs.cpu(), needs.memory(), needs.interfaces(), 0, 1);
            case STOPPING -> new Load(needs.cpu(), needs.memory(), needs.interfaces(), 0, 0);
        };
    }

    Load plus(Load other) {
        return new Load(
                cpu + other.cpu,
                memory + other.memory,
                interfaces + other.interfaces,
                running + other.running,
                pending + other.pending);
    }

    Load minus(Load other) {
        return new Load(
                cpu - other.cpu,
                memory - other.memory,
                interfaces - other.interfaces,
                running - other.running,
                pending - other.pending);
    }

    /// Whether nothing is counted any more, but for tasks on their way out that take nothing.
    boolean isNone() {
        return cpu == 0 && memory == 0 && interfaces == 0 && tasks() == 0;
    }

    /// Tasks that are to run.
    int tasks() {
        return running + pending;
    }
}

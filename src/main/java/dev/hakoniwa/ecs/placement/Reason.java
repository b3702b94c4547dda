package dev.hakoniwa.ecs.placement;

/// Why a task can't be placed on an instance, in the order in which it is found out, and in the words of `failures` and
/// of a service's events.
public enum Reason {
    ATTRIBUTE("ATTRIBUTE", "is missing an attribute required by your task"),
    LOCATION("LOCATION", "encountered error \"LOCATION\""),
    DISTINCT_INSTANCE(
            "DistinctInstance placement constraint unsatisfied",
            "encountered error \"DistinctInstance placement constraint unsatisfied.\""),
    MEMBER_OF(
            "MemberOf placement constraint unsatisfied",
            "encountered error \"MemberOf placement constraint unsatisfied.\""),
    CPU("RESOURCE:CPU", "has insufficient CPU units available"),
    MEMORY("RESOURCE:MEMORY", "has insufficient memory available"),
    PORTS("RESOURCE:PORTS", "is already using a port required by your task"),
    ENI("RESOURCE:ENI", "encountered error \"RESOURCE:ENI\""),
    GPU("RESOURCE:GPU", "has insufficient GPU resources available");

    private final String failure;
    private final String event;

    Reason(String failure, String event) {
        this.failure = failure;
        this.event = event;
    }

    public String failure() {
        return failure;
    }

    public String event() {
        return event;
    }
}

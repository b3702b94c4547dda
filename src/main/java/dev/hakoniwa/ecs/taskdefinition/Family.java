package dev.hakoniwa.ecs.taskdefinition;

/// The revisions of one family. A revision's number is never given again, so a family is never forgotten.
///
/// @param last the number of the newest revision there has ever been
/// @param latestActive the number of the newest revision that is ACTIVE; 0 if there is none
/// @param inactive how many revisions are INACTIVE
/// @param deleting how many revisions are DELETE_IN_PROGRESS
record Family(String name, int last, int latestActive, int inactive, int deleting) {
    static Family named(String name) {
        return new Family(name, 0, 0, 0, 0);
    }

    Family registered() {
        return new Family(name, last + 1, last + 1, inactive, deleting);
    }

    /// @param newest the newest revision that is ACTIVE from now on
    Family deregistered(int newest) {
        return new Family(name, last, newest, inactive + 1, deleting);
    }

    Family deletionStarted() {
        return new Family(name, last, latestActive, inactive - 1, deleting + 1);
    }

    Family deleted() {
        return new Family(name, last, latestActive, inactive, deleting - 1);
    }

    boolean isActive() {
        return latestActive > 0;
    }

    /// ECS calls a family inactive that has no ACTIVE revision, but INACTIVE ones.
    boolean isInactive() {
        return !isActive() && inactive > 0;
    }

    boolean isEmpty() {
        return !isActive() && inactive == 0 && deleting == 0;
    }
}

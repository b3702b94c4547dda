package dev.hakoniwa.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// All state, and the one writer that may touch it.
///
/// An API call, a timer or an engine's report is one step: it runs alone, takes microseconds and never blocks. A step
/// that throws leaves no trace. What is slow is handed to [#afterwards] and comes back as a step of its own. A step
/// inside a step is part of it.
public final class Tables {
    private final ReentrantLock writer = new ReentrantLock();
    private final List<Table<?>> all = new ArrayList<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private final Set<Object> subjects = new HashSet<>();

    /// A new, empty table; `name` says what it keeps, for messages.
    public <V> Table<V> table(String name) {
        return write(() -> {
            var table = new Table<V>(name, this);
            all.add(table);
            return table;
        });
    }

    /// Runs one step and gives back what it returns.
    public <T> T write(Supplier<T> step) {
        if (writer.isHeldByCurrentThread()) {
            return step.get();
        }
        T result;
        List<Runnable> next;
        writer.lock();
        try {
            result = step.get();
            next = afterwards.isEmpty() ? List.of() : List.copyOf(afterwards);
        } catch (Throwable failure) {
            undo.forEach(Runnable::run);
            throw failure;
        } finally {
            undo.clear();
            afterwards.clear();
            subjects.clear();
            writer.unlock();
        }
        next.forEach(Runnable::run);
        return result;
    }

    /// Runs one step that has nothing to give back.
    public void write(Runnable step) {
        write(() -> {
            step.run();
            return true;
        });
    }

    /// What is to happen once this step's changes stand, outside of it; dropped if the step throws.
    public void afterwards(Runnable action) {
        mustBeInStep();
        afterwards.add(action);
    }

    /// The same, but once a step for each subject, however often the step asks for it.
    public void onceAfterwards(Object subject, Runnable action) {
        mustBeInStep();
        if (subjects.add(subject)) {
            afterwards.add(action);
        }
    }

    /// Drops everything that every table holds.
    public void clear() {
        write(() -> all.forEach(Table::clear));
    }

    void mustBeInStep() {
        if (!writer.isHeldByCurrentThread()) {
            throw new IllegalStateException("state is only touched inside a step of the writer");
        }
    }

    void undoWith(Runnable action) {
        undo.push(action);
    }
}

package dev.hakoniwa.ecs.task.state;

/// A task has changed in a way that others can see: its status, its wish to run, its health or its address.
public record TaskChanged(TaskKey task, String group) {}

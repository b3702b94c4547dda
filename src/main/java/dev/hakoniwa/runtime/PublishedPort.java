package dev.hakoniwa.runtime;

/// Where a container's port is reached on the host.
public record PublishedPort(String hostAddress, int hostPort, int containerPort, Transport transport) {}

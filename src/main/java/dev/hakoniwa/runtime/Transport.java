package dev.hakoniwa.runtime;

/// A transport protocol of a port.
public enum Transport {
    TCP,
    UDP
}

package dev.hakoniwa.tmds;

/// The versions of task metadata.
enum Version {
    V2,
    V3,
    V4
}

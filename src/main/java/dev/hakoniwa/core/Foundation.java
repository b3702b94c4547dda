package dev.hakoniwa.core;

import java.time.InstantSource;

/// What every service is built on, handed in together.
public record Foundation(
        Tables tables, InstantSource clock, Timers timers, Background background, Ids ids, Events events) {}

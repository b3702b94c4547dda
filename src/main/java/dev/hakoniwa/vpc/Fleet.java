package dev.hakoniwa.vpc;

/// The EC2 instances that this machine plays in each account and region.
public record Fleet(int size, InstanceType type) {}

package dev.odyssey.housekeeping;

/** An object, upload or directory that housekeeping removes, or would. */
public record Removal(String what, String reason) {}

package dev.odyssey.transform;

/** Why a transform's rows must not be published, although they were written: too much is bad. */
public record Excess(String message, String advice) {}

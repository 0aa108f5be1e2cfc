package dev.odyssey.bench;

/** What every process may use. */
record Limits(int threads, String memory) {}

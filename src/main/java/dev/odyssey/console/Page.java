package dev.odyssey.console;

/** An answer in HTML. */
record Page(int status, String html) {}

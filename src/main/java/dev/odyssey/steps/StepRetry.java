package dev.odyssey.steps;

import dev.odyssey.queue.Job;

/**
 * A step that failed and is tried again within its attempt. Immutable.
 *
 * @param name the id of its route
 * @param number 1 for its first retry
 */
public record StepRetry(String name, Job job, int number, Throwable thrown) {}

/**
 * The transform: a source file in, a snapshot and what changed out. {@code Transform} runs a job by
 * its steps in {@code TransformJob}; each step's pieces are a package of their own, and none of
 * them uses another that uses it.
 */
package dev.odyssey.transform;

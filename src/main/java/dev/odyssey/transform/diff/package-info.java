/**
 * The new snapshot and what changed since the last one, with {@code $_ref}; docs/diff.md and
 * docs/ref.md.
 */
package dev.odyssey.transform.diff;

/** The last snapshot as it was found, and what its columns are. */
package dev.odyssey.transform.snapshot;

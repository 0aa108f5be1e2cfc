/** A source's config: which options there are, which were told, and what is wrong with them. */
package dev.odyssey.transform.options;

/** A stream as it was defined: mappings, types, keys, and what is wrong with them. */
package dev.odyssey.transform.definition;

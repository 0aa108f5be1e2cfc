/** What texts are written in, look like and are called. Knows nothing of the rest. */
package dev.odyssey.transform.text;

/** What the columns of a file may mean, for {@code bin/odyssey preview}. */
package dev.odyssey.transform.guess;

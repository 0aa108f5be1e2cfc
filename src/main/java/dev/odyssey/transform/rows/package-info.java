/** Rows that were read of a format which the engine cannot read as it is, in a form that it can. */
package dev.odyssey.transform.rows;

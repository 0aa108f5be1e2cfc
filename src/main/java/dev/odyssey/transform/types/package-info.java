/** How texts become values of the types that a stream wants, and which values do not fit. */
package dev.odyssey.transform.types;

/** JSON as rows, wherever they lie in it: {@code JsonReader}. */
package dev.odyssey.transform.json;

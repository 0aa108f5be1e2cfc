/**
 * Files as they were downloaded: what they are by their first bytes, what is packed in them, and
 * the disk that unpacking may take.
 */
package dev.odyssey.transform.file;

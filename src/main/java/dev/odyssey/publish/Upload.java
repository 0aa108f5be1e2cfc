package dev.odyssey.publish;

import java.io.File;

/**
 * A file to put into the bucket.
 *
 * @param key the object's key
 * @param bytes the file's size, which the object must have too
 */
public record Upload(String key, File file, long bytes) {}

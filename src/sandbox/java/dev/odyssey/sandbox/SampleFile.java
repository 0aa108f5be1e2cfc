package dev.odyssey.sandbox;

import java.io.IOException;
import java.nio.file.Path;

/** Writes a sample's source file: the same bytes for the same version, on every machine. */
interface SampleFile {

  void write(int version, Path file) throws IOException;
}

package dev.odyssey.isolation;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.duckdb.DuckDBDriver;

/**
 * The engine's driver and its native library, apart and unpacked once for all children, or before
 * any runner starts: left alone, the driver unpacks 60 MB at every start of a JVM. It looks for the
 * library in the jar first, so the jar here has none, and {@code java.library.path} must name the
 * directory.
 */
final class EngineKit {
  private static final String NATIVE = "libduckdb_java";

  private EngineKit() {}

  /**
   * Where {@link ArchiveMain} puts a kit for all runners to come, and the children's classes with
   * it: beside our jar.
   */
  static Path prepared() {
    return locationOf(EngineKit.class).resolveSibling("engine");
  }

  /** The jar of a kit; that it is there says that the kit is whole and this driver's. */
  static Path jarIn(Path kit) {
    return kit.resolve(driver().getFileName());
  }

  /** Where the driver's own jar lies. */
  static Path driver() {
    return locationOf(DuckDBDriver.class);
  }

  /**
   * Unpacks into the directory.
   *
   * @return the jar to use in place of the driver's; the driver's own where it has no library for
   *     this system
   */
  static Path unpack(Path directory) throws IOException {
    Path slim = jarIn(directory);
    try (var jar = new JarFile(driver().toFile())) {
      ZipEntry library = jar.getEntry(libraryName());
      if (library == null) {
        return driver();
      }
      try (InputStream in = jar.getInputStream(library)) {
        Files.copy(in, directory.resolve(System.mapLibraryName("duckdb_java")));
      }
      try (var out = new JarOutputStream(Files.newOutputStream(slim))) {
        copyAllButLibraries(jar, out);
      }
    }
    return slim;
  }

  private static void copyAllButLibraries(JarFile jar, JarOutputStream out) throws IOException {
    List<ZipEntry> kept = new ArrayList<>();
    jar.stream().filter(entry -> !entry.getName().startsWith(NATIVE)).forEach(kept::add);
    for (ZipEntry entry : kept) {
      out.putNextEntry(new ZipEntry(entry.getName()));
      try (InputStream in = jar.getInputStream(entry)) {
        in.transferTo(out);
      }
      out.closeEntry();
    }
  }

  /** As the driver names it: {@code libduckdb_java.so_linux_amd64}. */
  private static String libraryName() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    if (os.startsWith("mac")) {
      return NATIVE + ".so_osx_universal";
    }
    return "%s.so_%s_%s"
        .formatted(
            NATIVE,
            os.startsWith("windows") ? "windows" : "linux",
            arch.equals("aarch64") || arch.equals("arm64") ? "arm64" : "amd64");
  }

  static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(type + " comes from nowhere", e);
    }
  }
}

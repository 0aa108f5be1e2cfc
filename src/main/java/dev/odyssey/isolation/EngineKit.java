package dev.odyssey.isolation;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.duckdb.DuckDBDriver;

/**
 * The engine's driver and its native library, apart and unpacked once for all children, or before
 * any runner starts: left alone, the driver unpacks 60 MB at every start of a JVM. It looks for the
 * library on the class path first, so the jar here has none, nor does our own jar here name the
 * driver's in its manifest, and {@code java.library.path} must name the directory.
 */
final class EngineKit {
  private static final String NATIVE = "libduckdb_java";

  private EngineKit() {}

  /**
   * Where {@link ArchiveMain} puts a kit for all runners to come, and the children's classes with
   * it: beside our jar.
   */
  static Path prepared() {
    return own().resolveSibling("engine");
  }

  /** The driver's jar of a kit; that it is there says that the kit is whole and this driver's. */
  static Path jarIn(Path kit) {
    return kit.resolve(driver().getFileName());
  }

  /**
   * Our own jar in a kit, by the size and time of ours: that it is there says that the kit is this
   * jar's. Seconds are what is left of a time in a layer of an image.
   *
   * @param own a jar
   */
  static Path ownIn(Path kit, Path own) throws IOException {
    long time = Files.getLastModifiedTime(own).to(TimeUnit.SECONDS);
    return kit.resolve("odyssey-%x-%x.jar".formatted(time, Files.size(own)));
  }

  /** Where our classes lie: our jar, or a folder. */
  static Path own() {
    return locationOf(EngineKit.class);
  }

  /** Where the driver's own jar lies. */
  static Path driver() {
    return locationOf(DuckDBDriver.class);
  }

  /** Whether it is whole, and for the driver and our classes as they are. */
  static boolean isIn(Path kit) throws IOException {
    Path own = own();
    return Files.exists(jarIn(kit)) && (Files.isDirectory(own) || Files.exists(ownIn(kit, own)));
  }

  /**
   * Unpacks into the directory.
   *
   * @return whether the driver has a library for this system; without one there is no kit
   */
  static boolean unpack(Path directory) throws IOException {
    try (var jar = new JarFile(driver().toFile())) {
      ZipEntry library = jar.getEntry(libraryName());
      if (library == null) {
        return false;
      }
      try (InputStream in = jar.getInputStream(library)) {
        Files.copy(in, directory.resolve(System.mapLibraryName("duckdb_java")));
      }
    }
    Path own = own();
    if (!Files.isDirectory(own)) {
      copy(own, ownIn(directory, own), name -> true);
    }
    copy(driver(), jarIn(directory), name -> !name.startsWith(NATIVE));
    return true;
  }

  /** Without what the manifest says of a class path. */
  static void copy(Path from, Path to, Predicate<String> kept) throws IOException {
    try (var jar = new JarInputStream(Files.newInputStream(from));
        var out = new JarOutputStream(Files.newOutputStream(to))) {
      Manifest manifest = jar.getManifest();
      if (manifest != null) {
        manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
        out.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
        manifest.write(out);
      }
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        if (kept.test(entry.getName())) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          jar.transferTo(out);
        }
      }
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

  private static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(type + " comes from nowhere", e);
    }
  }
}

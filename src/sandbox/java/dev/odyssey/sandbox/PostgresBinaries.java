package dev.odyssey.sandbox;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs for this machine, unpacked once from zonky's jar into the temporary folder.
 *
 * <p>zonky's own {@code EmbeddedPostgres} is not used: it stops the server in a shutdown hook of
 * its own, before the runner could record what it interrupted, and it refuses a data folder whose
 * server outlived a killed JVM.
 *
 * <p>Several threads and processes may unpack at once: one of them wins.
 */
final class PostgresBinaries {

  private static final int OWNER_EXECUTES = 0100;

  private final Path directory;

  private PostgresBinaries(Path directory) {
    this.directory = directory;
  }

  static PostgresBinaries unpacked() {
    Path cache =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "odyssey-sandbox-" + System.getProperty("user.name"));
    try {
      byte[] archive = archiveForThisMachine();
      CRC32 checksum = new CRC32();
      checksum.update(archive);
      Path directory = cache.resolve("postgresql-%08x".formatted(checksum.getValue()));
      if (!Files.isDirectory(directory)) {
        Path fresh = Files.createTempDirectory(Files.createDirectories(cache), "unpacking-");
        extract(archive, fresh);
        Folders.moveUnlessThere(fresh, directory);
      }
      return new PostgresBinaries(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be unpacked into " + cache, e);
    }
  }

  /**
   * A freshly initialised data folder, to be copied: {@code initdb} takes seconds, a copy a
   * fraction of one. Superuser {@code postgres}, any password.
   */
  Path initialisedData() throws IOException {
    Path template = directory.resolveSibling(directory.getFileName() + "-data");
    if (!Files.isDirectory(template)) {
      Path fresh = Files.createTempDirectory(directory.getParent(), "initdb-");
      run(
          "initdb",
          "--pgdata=" + fresh,
          "--username=postgres",
          "--auth=trust",
          "--encoding=UTF8",
          "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8",
          "--locale=C",
          "--no-sync");
      Folders.moveUnlessThere(fresh, template);
    }
    return template;
  }

  /** Runs one of PostgreSQL's programs to its end; fails with what it printed. */
  void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) {
      // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(directory.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    int code = exitCode(process);
    if (code != 0) {
      throw new IOException(program + " ended with " + code + ": " + printed.strip());
    }
  }

  private static int exitCode(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while PostgreSQL's tools ran", e);
    }
  }

  private static byte[] archiveForThisMachine() throws IOException {
    String os = System.getProperty("os.name");
    String system = os.startsWith("Windows") ? "Windows" : os.startsWith("Mac") ? "Darwin" : os;
    String architecture = System.getProperty("os.arch");
    String hardware = architecture.equals("amd64") ? "x86_64" : architecture;
    try (InputStream archive =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, hardware)) {
      return archive.readAllBytes();
    }
  }

  private static void extract(byte[] archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        Path path = target.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.getParent());
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
          if ((entry.getMode() & OWNER_EXECUTES) != 0 && !path.toFile().setExecutable(true)) {
            throw new IOException(path + " cannot be made executable");
          }
        }
      }
    }
  }
}

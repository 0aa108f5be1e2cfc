package dev.odyssey.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineKitTest {
  @TempDir Path directory;

  @Test
  void aCopyOfAJarNamesNoOthers() throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Name.CLASS_PATH, "lib/driver.jar");
    manifest.getMainAttributes().put(Name.IMPLEMENTATION_VERSION, "7");
    Path jar = directory.resolve("own.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new ZipEntry("macros.sql"));
      out.write("-- SQL".getBytes(UTF_8));
      out.putNextEntry(new ZipEntry("library"));
    }

    Path copy = directory.resolve("copy.jar");
    EngineKit.copy(jar, copy, name -> !name.equals("library"));

    try (var copied = new JarFile(copy.toFile())) {
      assertThat(copied.getManifest().getMainAttributes())
          .containsEntry(Name.IMPLEMENTATION_VERSION, "7")
          .doesNotContainKey(Name.CLASS_PATH);
      assertThat(copied.getInputStream(copied.getEntry("macros.sql")).readAllBytes())
          .isEqualTo("-- SQL".getBytes(UTF_8));
      assertThat(copied.getEntry("library")).isNull();
    }
  }

  @Test
  void aKitIsWholeOnceUnpacked() throws Exception {
    assertThat(EngineKit.isIn(directory)).isFalse();

    assertThat(EngineKit.unpack(directory)).isTrue();

    assertThat(EngineKit.isIn(directory)).isTrue();
    assertThat(directory.resolve(System.mapLibraryName("duckdb_java"))).isNotEmptyFile();
  }
}

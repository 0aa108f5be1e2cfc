package dev.odyssey.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;

class FreshInstallTest {
  @Test
  void smoke() throws Exception {
    try (var pg = EmbeddedPostgres.start()) {
      var first = new Migrations(pg.getPostgresDatabase()).migrate();
      System.out.println(first);
      assertThat(new Migrations(pg.getPostgresDatabase()).migrate().migrations()).isEmpty();
      Thread.sleep(Long.getLong("hold", 0L));
    }
  }
}

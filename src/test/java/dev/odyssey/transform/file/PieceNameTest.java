package dev.odyssey.transform.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PieceNameTest {

  private static String back(String name) {
    return PieceName.of(Path.of("in", PieceName.file(7, name)));
  }

  @Test
  void keepsWhatTheOwnerCallsAFile() {
    assertThat(back("2026-01 Umsätze (Süd).csv")).isEqualTo("2026-01 Umsätze (Süd).csv");
    assertThat(back("日本/売上+100%.csv.gz")).isEqualTo("日本/売上+100%.csv.gz");
    assertThat(back("../../etc/passwd")).isEqualTo("../../etc/passwd");
  }

  @Test
  void keepsTheEndOfANameThatIsTooLong() {
    assertThat(back("ü".repeat(400) + ".csv")).matches("ü{32}\\.csv");
  }

  @Property
  void isAFileNameOnEveryFileSystem(@ForAll String name) {
    assertThat(PieceName.file(999, name)).matches("000999-[A-Za-z0-9._%+-]{0,200}");
  }
}

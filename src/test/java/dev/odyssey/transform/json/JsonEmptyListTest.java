package dev.odyssey.transform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer with an empty list of rows is a source without rows, as a CSV file of a header is. */
class JsonEmptyListTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'rowsPath': 'items'} | {\"items\": [], \"next\": null}",
        "{'rowsPath': 'data.items'} | {\"data\": {\"items\": [ ]}}",
        "{'rowsPath': '*.items'} | {\"a\": {\"items\": []}, \"b\": {\"items\": []}}",
        "{} | []",
        "{'rowsPath': '$'} | []",
        "{'nested': 'struct'} | []",
        "{'nullValues': ['-']} | []",
      })
  void hasNoRows(String config, String json) {
    TransformResult result = job(json).config(config).run();

    assertThat(result.totalRows()).isZero();
    assertThat(Job.rows(result, "id, city, made, count(*) OVER ()")).isEmpty();
    assertThat(result.details().at("/doubts/0").asText()).contains("list of rows is empty");
  }

  @Test
  void deletesWhatIsNoLongerThereOnAFullRefresh() {
    TransformResult first = job("[{\"id\":1,\"a\":{\"city\":\"Graz\"},\"name\":\"x\"}]").run();

    TransformResult second = job("[]").after(first, Job.READ_AT.plus(Duration.ofHours(1))).run();

    assertThat(second.deleted()).isEqualTo(1);
    assertThat(second.totalRows()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"error\":\"busy\"}", "{\"items\":{}}", "{\"data\":[]}", "[]", "{\"item\":[]}"})
  void isNotAnAnswerThatLacksTheList(String json) {
    assertThatThrownBy(job(json).config("{'rowsPath': 'items'}")::run)
        .isInstanceOf(PermanentFailure.class);
  }

  @Test
  void hasNoColumnsForAStreamWithoutAny() {
    assertThatThrownBy(Job.in(directory).file("[]")::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("no columns");
  }

  private Job job(String json) {
    return Job.in(directory)
        .file(json)
        .schema("id integer", "made text")
        .key("id")
        .mapping("id", "id")
        .mapping("a.city", "city")
        .transform("made", "upper(name) || id");
  }
}

package dev.odyssey.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.testing.ContractDatabase;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code odyssey.set_mapping}, which people change mappings with. */
class SetMappingTest {
  private static final String MAPPINGS = "[{\"source\": \"Name\", \"target\": \"name\"}]";
  private static final String OTHERS = "[{\"target\": \"n\", \"transform\": \"upper(Name)\"}]";

  @AutoClose private static final ContractDatabase database = ContractDatabase.start();

  @Test
  void theNextJobHasTheNewMappingsAndTheOldOnesAreTold() {
    UUID stream = database.stream(UUID.randomUUID());

    assertThat(set(stream, MAPPINGS)).isEqualTo("[]");
    assertThat(set(stream, OTHERS)).isEqualTo(MAPPINGS);

    assertThat(current(stream)).isEqualTo(OTHERS);
    assertThat(database.count("data_mappings where data_stream_id = ?", stream)).isEqualTo(1);
  }

  @Test
  void ofSeveralRowsTheOneThatCountsIsChanged() {
    UUID stream = database.stream(UUID.randomUUID());
    database.execute(
        """
        insert into data_mappings (data_stream_id, field_mappings, updated_at)
        select ?, '[]', now() - n * interval '1 day' from generate_series(1, 3) as n
        """,
        stream);

    set(stream, MAPPINGS);
    set(stream, OTHERS);

    assertThat(current(stream)).isEqualTo(OTHERS);
    assertThat(database.count("data_mappings where data_stream_id = ?", stream)).isEqualTo(3);
  }

  @Test
  void nothingIsChangedWhereSomebodyElseWasQuicker() {
    UUID stream = database.stream(UUID.randomUUID());
    set(stream, MAPPINGS);

    assertThatThrownBy(
            () ->
                database.value(
                    "select odyssey.set_mapping(?, ?::jsonb, '[]')::text", stream, OTHERS))
        .hasMessageContaining("meanwhile");

    assertThat(current(stream)).isEqualTo(MAPPINGS);
  }

  @Test
  void whatAreNoMappingsIsRefused() {
    UUID stream = database.stream(UUID.randomUUID());

    for (String wrong :
        new String[] {
          "null",
          "{}",
          "[1]",
          "[{\"source\": \"a\"}]",
          "[{\"target\": \"a\"}]",
          "[{\"source\": 1, \"target\": \"a\"}]",
          "[{\"source\": \"a\", \"target\": \" \"}]"
        }) {
      assertThatThrownBy(() -> set(stream, wrong))
          .as(wrong)
          .hasMessageContaining("these are no mappings");
    }
    assertThatThrownBy(() -> set(stream, null)).hasMessageContaining("these are no mappings");
    assertThatThrownBy(() -> set(UUID.randomUUID(), MAPPINGS))
        .hasMessageContaining("there is no stream");
  }

  @Test
  void aTeamsOtherColumnsAreFilledOrNamed() {
    UUID stream = database.stream(UUID.randomUUID());
    database.execute("truncate data_mappings");
    database.execute("alter table data_mappings add tenant_id uuid not null");
    database.execute("alter table data_mappings add author text not null default 'x'");
    try {
      set(stream, MAPPINGS);
      assertThat(current(stream)).isEqualTo(MAPPINGS);

      database.execute("alter table data_mappings alter author drop default");
      set(stream, OTHERS);
      assertThatThrownBy(() -> set(database.stream(UUID.randomUUID()), MAPPINGS))
          .hasMessageContaining("column author of public.data_mappings must have a value");
    } finally {
      database.execute("alter table data_mappings drop tenant_id, drop author");
    }
  }

  @Test
  void onlyAnEditorMayChangeMappings() {
    database.execute("create role editor; create role plain_runner");
    database.execute("select odyssey.grant_editor('editor')");
    database.execute("select odyssey.grant_runner('plain_runner')");
    String may =
        "select has_function_privilege(?, 'odyssey.set_mapping(uuid,jsonb,jsonb)', 'execute')";

    assertThat(database.value(may, "editor")).isEqualTo(true);
    assertThat(database.value(may, "plain_runner")).isEqualTo(false);
    assertThat(
            database.value(
                "select bool_and(has_function_privilege('editor', f, 'execute'))"
                    + " from odyssey.runner_functions() as f"))
        .isEqualTo(true);
  }

  private static Object set(UUID stream, String mappings) {
    return database.value("select odyssey.set_mapping(?, ?::jsonb)::text", stream, mappings);
  }

  private static Object current(UUID stream) {
    return database.value("select (odyssey.stream_definition(?) -> 'fieldMappings')::text", stream);
  }
}

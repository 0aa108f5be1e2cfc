package dev.odyssey.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.testing.ContractDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What holds for every function of schema odyssey, and for those that come. */
class FunctionsTest {
  @AutoClose private static final ContractDatabase database = ContractDatabase.start();

  @Test
  void everyFunctionHasAFixedSearchPathThatEndsInTemporaryTables() {
    assertThat(
            database.rows(
                """
                select p.oid::regprocedure::text, p.proconfig from pg_proc as p
                where p.pronamespace = 'odyssey'::regnamespace
                  and not exists (
                    select from unnest(p.proconfig) as c where c like 'search_path=%, pg_temp')
                """))
        .isEmpty();
  }

  @Test
  void whatARunnerCallsRunsWithItsOwnersRightsExceptWhereItLooksAtTheCallers() {
    assertThat(
            database.rows(
                """
                select f::text from odyssey.runner_functions() as f join pg_proc as p on p.oid = f
                where not p.prosecdef and p.proname not in
                  ('missing_pieces', 'missing_privileges', 'runner_functions')
                """))
        .isEmpty();
  }

  @Test
  void nobodyElseMayCallAnything() {
    database.execute("create role stranger");

    assertThat(
            database.rows(
                """
                select p.oid::regprocedure::text from pg_proc as p
                where p.pronamespace = 'odyssey'::regnamespace
                  and has_function_privilege('stranger', p.oid, 'execute')
                """))
        .isEmpty();
  }

  @Test
  void aRoleThatRunsJobsKeepsItsRightsWhenAMigrationMakesAFunctionAnew() {
    database.execute("create role runner login");
    database.execute("select odyssey.grant_runner('runner')");
    String mayClaim =
        "select bool_and(has_function_privilege('runner', f, 'execute'))"
            + " from odyssey.runner_functions() as f";
    database.execute("revoke execute on all functions in schema odyssey from runner");
    assertThat(database.value(mayClaim)).isEqualTo(false);

    new Migrations(database.dataSource()).migrate();

    assertThat(database.value(mayClaim)).isEqualTo(true);
  }

  @Test
  void aServerThatTakesNoChangesIsNotComplete() {
    database.execute("alter role postgres set default_transaction_read_only = on");
    try {
      assertThat(new Contract(database.dataSource()).missingPieces())
          .extracting(Contract.MissingPiece::piece)
          .containsExactly("a database that takes changes");
    } catch (SQLException e) {
      throw new AssertionError(e);
    } finally {
      database.execute(
          "begin read write; alter role postgres reset default_transaction_read_only; commit");
    }
  }
}

package dev.odyssey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.odyssey.sandbox.Fault;
import dev.odyssey.sandbox.Sample;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console in a real browser: what a person sees and does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleBrowserTest {
  private static final Path SHOTS = Path.of("target", "screenshots");

  private ConsoleSite site;
  private Page page;

  @BeforeAll
  void start() throws Exception {
    site = new ConsoleSite();
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  @AfterAll
  void stop() throws Exception {
    if (site != null) {
      site.close();
    }
  }

  @AfterEach
  void theBrowserHasNothingToComplainAbout() {
    page.context().close();
    assertThat(site.chromium.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1280", "DARK, 390"})
  void everyPageFitsAndIsAccessible(ColorScheme scheme, int width) {
    page = site.loggedIn(scheme, width);
    pages()
        .forEach(
            (name, path) -> {
              show(path);
              page.screenshot(
                  new Page.ScreenshotOptions()
                      .setPath(SHOTS.resolve(name + "-" + scheme + "-" + width + ".png"))
                      .setFullPage(true));
              assertThat(page.evaluate("document.documentElement.scrollWidth"))
                  .as(name + " is no wider than the window")
                  .isEqualTo(width);
              assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
                  .as(name)
                  .isEmpty();
            });
  }

  /** What the page is for. */
  @Test
  void aStrangerFindsWhatFailedMendsItsMappingAndSeesItGreen() throws Exception {
    UUID stream =
        site.stream("parcels")
            .mapping("[{\"source\": \"wieght\", \"target\": \"weight\", \"note\": \"kg\"}]")
            .containing("weight\n12\n7\n".getBytes(UTF_8))
            .define();
    site.runner.sync(stream);
    page = site.loggedIn(ColorScheme.LIGHT, 1280);

    link("parcels").first().click();
    assertThat(page.getByLabel("Why it failed")).containsText("no column \"wieght\"");
    link("correct the mapping").click();
    assertThat(page.getByText("not in the last file")).isVisible();
    page.getByLabel("Transform of weight").fill("weight; drop table x");
    button("Save and redrive").click();
    assertThat(page.locator("#problem")).containsText("; is not allowed");
    assertThat(page.locator(":focus")).hasAccessibleName("Transform of weight");
    assertThat(page.locator(":focus")).hasAttribute("aria-invalid", "true");
    page.getByLabel("Transform of weight").fill("");
    page.getByLabel("Source column of weight").fill("weight");
    assertThat(page.getByText("not in the last file")).isHidden();
    button("Save and redrive").click();

    assertThat(page.locator("h1 + .state")).hasText("completed");
    assertThat(page.locator("#above")).not().containsText("Redrive");
    assertThat(page.locator("[data-loaded]")).containsText("snapshot");
    assertThat(
            site.value(
                "select field_mappings from data_mappings where data_stream_id = '%s'"
                    .formatted(stream)))
        .isEqualTo("[{\"note\": \"kg\", \"source\": \"weight\", \"target\": \"weight\"}]");
  }

  @Test
  void aRunThatFailedForItsMappingLeadsThereBeforeItIsRedriven() {
    page = site.loggedIn(ColorScheme.LIGHT, 1280);
    show("/runs/" + site.failed.id());

    Locator main = page.locator("#above .main");
    assertThat(main).hasText("Correct the mapping");
    main.click();

    assertThat(page.locator("h1")).hasText("Mapping of shipments");
  }

  @Test
  void whoWasSlowerDoesNotOverwriteAnothersMapping() throws Exception {
    page = site.loggedIn(ColorScheme.LIGHT, 1280);
    show("/streams/" + site.shipments + "/mapping");
    site.execute(
        "update data_mappings set field_mappings = field_mappings || '[{\"source\": \"city\","
            + " \"target\": \"town\"}]' where data_stream_id = '%s'".formatted(site.shipments));

    button("Save").last().click();

    assertThat(page.locator("#problem")).containsText("somebody else has changed the mappings");
  }

  @Test
  void aMappingIsBuiltWithTheKeyboardAlone() throws Exception {
    UUID stream = site.stream("keyed").containing("a,b\n1,2\n".getBytes(UTF_8)).define();
    page = site.loggedIn(ColorScheme.LIGHT, 1280);
    show("/streams/" + stream + "/mapping");

    page.keyboard().press("Tab");
    assertThat(page.locator(":focus")).hasText("Skip to content");
    button("Add a column").press("Enter");
    page.keyboard().type("b");
    page.keyboard().press("Tab");
    page.keyboard().type("second");
    page.keyboard().press("Enter");

    assertThat(page.locator("h1 + .state")).hasText("completed");
    show("/streams/" + stream);
    assertThat(page.locator("[data-loaded]")).containsText("second");
  }

  @Test
  void aSyncAskedForIsFollowedToItsEnd() {
    page = site.loggedIn(ColorScheme.LIGHT, 390);
    show("/streams/" + Sample.PRODUCTS.streamId());

    button("Sync now").click();

    assertThat(page.getByText("A sync is queued")).isVisible();
    assertThat(page.locator("h1 + .state")).hasText("completed");
    assertThat(page.locator("#live")).containsText("complete-run");
  }

  @Test
  void aRunningSyncShowsItsProgressAndCanBeCancelled() throws Exception {
    UUID stream = slowStream();
    site.sandbox.storage().failNext(1, new Fault.Slowness(100_000));
    UUID run = site.sandbox.enqueue(stream);
    page = site.loggedIn(ColorScheme.LIGHT, 1280);
    page.onDialog(Dialog::accept);

    assertThat(page.locator(".jobs")).containsText("downloading the source file");
    show("/runs/" + run);
    Pattern standing =
        Pattern.compile(
            "\\d+ % · [\\d.]+ [KM]B of [\\d.]+ MB · [\\d.]+ KB/s · .* left · running for");
    assertThat(page.locator("section").first()).containsText(standing);
    assertThat(page.locator("progress")).hasAttribute("value", Pattern.compile("\\d+"));
    assertThat(page.locator(".steps")).containsText("download-source");
    shoot("run-live");
    button("Cancel this run").click();

    assertThat(page.locator("h1 + .state")).hasText("cancelled");
    assertThat(button("Sync again")).isVisible();
    assertThat(page.locator("progress")).hasCount(0);
  }

  @Test
  void deadLettersAreRedrivenAndDiscardedOneOrMany() throws Exception {
    for (String name : List.of("one", "two", "three", "four")) {
      site.runner.sync(
          site.stream(name)
              .mapping("[{\"source\": \"x\", \"target\": \"x\"}]")
              .containing("a\n1\n".getBytes(UTF_8))
              .define());
    }
    page = site.loggedIn(ColorScheme.LIGHT, 1280);
    page.onDialog(Dialog::accept);
    show("/dead-letters");

    page.getByLabel("Choose all").check();
    assertThat(page.locator("input[name=letter]:checked"))
        .hasCount(Integer.parseInt(deadLetters("")));
    page.getByLabel("Choose all").uncheck();
    choose("one");
    choose("two");
    button("Discard chosen").click();
    assertThat(page.getByText("2 discarded.")).isVisible();
    assertThat(deadLetters("in ('one', 'two')")).isEqualTo("0");

    choose("three");
    button("Redrive chosen").click();
    assertThat(page.getByText("1 redriven")).isVisible();

    link("four").first().click();
    button("Redrive").click();
    assertThat(page.getByText("1 redriven")).isVisible();
    page.waitForCondition(() -> deadLetters("in ('three', 'four')").equals("2"));
    page.reload();
    row("four").getByRole(AriaRole.ROWHEADER).getByRole(AriaRole.LINK).click();
    button("Discard").click();
    assertThat(page.getByText("1 discarded.")).isVisible();
    assertThat(deadLetters("= 'four'")).isEqualTo("0");
  }

  @Test
  void numbersAgreeWithSql() throws Exception {
    page = site.loggedIn(ColorScheme.LIGHT, 1280);
    String readings = "'" + Sample.READINGS.streamId() + "'";

    assertThat(page.locator("#h-attempts + .sub"))
        .containsText(
            site.value(
                "select to_char(count(*), 'FM999,999') || ' completed' from stream_sync_runs"
                    + " where status = 'completed'"));
    assertThat(page.locator("#h-rows + .sub"))
        .containsText(
            site.value("select to_char(sum(rows_processed), 'FM9,999,999') from stream_sync_runs"));
    assertThat(page.locator(".tiles li").last()).containsText(deadLetters(""));
    show("/streams/" + Sample.READINGS.streamId());
    assertThat(page.locator(".tiles li").first())
        .containsText(
            site.value(
                "select to_char(total_rows, 'FM999,999') from data_sync_state"
                    + " where data_stream_id = "
                    + readings));
    List<String> counts =
        List.of(
            site.value(
                    "select concat_ws('|', to_char(rows_processed, 'FM999,999'), rows_inserted,"
                        + " rows_updated, rows_deleted, to_char((error_details ->> 'unchanged')::int,"
                        + " 'FM999,999'), error_details ->> 'rejected') from stream_sync_runs"
                        + " where data_stream_id = "
                        + readings
                        + " order by created_at desc limit 1")
                .split("\\|"));
    page.locator("[aria-labelledby=h-runs] tbody a").first().click();
    assertThat(page.locator(".tiles.small strong").allTextContents().subList(0, 6))
        .isEqualTo(counts);
    show("/streams/" + site.orders);
    assertThat(page.locator("[aria-labelledby=h-columns] tr", cell("ordered_on")))
        .containsText(Pattern.compile("DATE\\s*1\\s*1\\s*date\\s*ordered_on\\s*2026-02-30 line 3"));
    assertThat(page.locator("section[aria-labelledby=h-drift]")).containsText("+ city");
  }

  @Test
  void aLongNameLeavesTheOtherColumnsInSightAndAnEmptyOneHasALink() throws Exception {
    String tenant = UUID.randomUUID().toString();
    for (String name : new String[] {"", "x".repeat(300)}) {
      UUID id = site.stream("odd").define();
      site.value(
          "update data_streams set tenant_id = '%s', name = '%s' where id = '%s' returning id"
              .formatted(tenant, name, id));
    }
    page = site.loggedIn(ColorScheme.LIGHT, 1280);

    show("/streams?q=" + tenant);

    assertThat(link("(unnamed)")).isVisible();
    assertThat(page.locator(".scroll").evaluate("table => table.scrollWidth - table.clientWidth"))
        .isEqualTo(0);
  }

  @Test
  void streamsOfOneNameAreToldApartByTheirTenants() throws Exception {
    UUID twin = site.stream("twins").define();
    UUID other = site.stream("twins").define();
    String tenant = UUID.randomUUID().toString();
    site.value(
        "update data_streams set tenant_id = '%s' where id = '%s' returning id"
            .formatted(tenant, other));
    page = site.loggedIn(ColorScheme.LIGHT, 1280);

    show("/streams?q=twins");
    assertThat(row("of tenant " + tenant)).isVisible();
    assertThat(page.locator("tbody tr")).hasCount(2);
    show("/streams/" + other);
    link(tenant).click();
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody")).not().containsText("of tenant");
    assertThat(link("twins")).hasAttribute("href", "/streams/" + other);
    assertThat(twin).isNotEqualTo(other);
  }

  @Test
  void whoDoesNotKnowThePasswordStaysOutside() {
    page = site.open(ColorScheme.DARK, 390, "/streams/" + site.orders);

    page.getByLabel("Password").fill("wrong");
    button("Log in").click();
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("That is not the password.");
    site.chromium.complaints(); // the browser notes the 403
    page.getByLabel("Password").fill(ConsoleSite.PASSWORD);
    button("Log in").click();
    assertThat(page.locator("h1")).hasText("orders");
    button("Log out").click();
    assertThat(page.getByLabel("Password")).isVisible();
  }

  private Map<String, String> pages() {
    var pages = new LinkedHashMap<String, String>();
    pages.put("overview", "/");
    pages.put("streams", "/streams");
    pages.put("stream", "/streams/" + site.orders);
    pages.put("stream-plots", "/streams/" + Sample.READINGS.streamId());
    pages.put("stream-failed", "/streams/" + site.shipments);
    pages.put("mapping", "/streams/" + site.shipments + "/mapping");
    pages.put("rows", "/streams/" + site.orders + "/rows");
    pages.put("run", "/runs/" + site.lastOrders.id());
    pages.put("run-failed", "/runs/" + site.failed.id());
    pages.put("rejects", "/runs/" + site.lastOrders.id() + "/rejects");
    pages.put("dead-letters", "/dead-letters");
    pages.put("dead-letter", "/dead-letters/1");
    return pages;
  }

  /** Goes there and waits until what comes later is there too. */
  private void show(String path) {
    page.navigate(site.url(path));
    page.waitForFunction("() => !document.querySelector('[data-load]:not([data-loaded])')");
  }

  private void shoot(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
  }

  private UUID slowStream() throws Exception {
    return site.stream("slow").containing("a,b\n1,2\n".repeat(400_000).getBytes(UTF_8)).define();
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private void choose(String stream) {
    row(stream).getByRole(AriaRole.CHECKBOX).check();
  }

  private Locator row(String stream) {
    return page.locator("tbody tr", cell(stream));
  }

  private Page.LocatorOptions cell(String text) {
    return new Page.LocatorOptions()
        .setHas(page.getByText(text, new Page.GetByTextOptions().setExact(true)));
  }

  private String deadLetters(String stream) {
    try {
      return site.value(
          "select count(*) from pgmq.q_stream_sync_jobs_dlq where "
              + (stream.isEmpty() ? "true" : "message ->> 'stream_name' " + stream));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

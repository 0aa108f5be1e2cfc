package dev.odyssey.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sample;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.Chromium;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/**
 * A runner with a history worth looking at, and a browser. The stream {@code orders} has seen its
 * schema change and has bad values and rejects; {@code shipments} fails for its mapping.
 */
final class ConsoleSite implements AutoCloseable {
  static final String PASSWORD = "correct horse";
  private static final String ORDER_TYPES =
      """
      [{"name": "id", "type": "integer"}, {"name": "amount", "type": "decimal(10,2)"},
       {"name": "ordered_on", "type": "date"}]""";

  private static final String SHIPMENT_MAPPINGS =
      """
      [{"source": "shipment", "target": "id"}, {"source": "wieght", "target": "weight"},
       {"source": "city", "target": "city", "transform": "upper(city)"}]""";

  final Chromium chromium;
  final Sandbox sandbox;
  final SandboxRunner runner;
  final UUID orders;
  final UUID shipments;
  final Run lastOrders;
  final Run failed;

  ConsoleSite() throws Exception {
    chromium = Chromium.start();
    sandbox = Sandbox.throwAway();
    runner = SandboxRunner.start(sandbox, Map.of("DASHBOARD_PASSWORD", PASSWORD));
    for (int version : new int[] {1, 2, 1}) {
      sandbox.installSamples(version);
      for (Sample sample : Sample.values()) {
        runner.sync(sample.streamId());
      }
    }
    TestStream source = stream("orders").typed(ORDER_TYPES).keyed("id");
    orders =
        source
            .containing(bytes("id,amount,ordered_on\n1,9.90,2026-01-31\n2,5,2026-02-01\n"))
            .define();
    runner.sync(orders);
    source.containing(
        bytes(
            """
            id,amount,ordered_on,city
            1,9.95,2026-01-31,Ithaca
            2,n/a,2026-02-30,Troy
            3,12.50,2026-02-03,Pylos
            3,11.00,2026-02-03,Pylos
            """));
    execute(
        "update data_streams set schema = schema || '{\"name\": \"city\", \"type\": \"text\"}'"
            + " where id = '%s'".formatted(orders));
    lastOrders = runner.sync(orders);
    shipments =
        stream("shipments")
            .mapping(SHIPMENT_MAPPINGS)
            .containing(bytes("shipment,weight,city\n1,12,Troy\n2,7,Ithaca\n"))
            .define();
    failed = runner.sync(shipments);
  }

  TestStream stream(String name) {
    return TestStream.in(sandbox).named(name);
  }

  /** A new window whose user has logged in. */
  Page loggedIn(ColorScheme scheme, int width) {
    Page page = open(scheme, width, "/login");
    page.getByLabel("Password").fill(PASSWORD);
    page.locator("button").click();
    page.waitForURL(url("/"));
    return page;
  }

  Page open(ColorScheme scheme, int width, String path) {
    BrowserContext window = chromium.window(scheme, width);
    Page page = window.newPage();
    page.navigate(url(path));
    return page;
  }

  void execute(String sql) throws SQLException {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one value of a query, as text. */
  String value(String sql) throws SQLException {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  String url(String path) {
    return "http://localhost:" + runner.healthPort() + path;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public void close() throws IOException {
    runner.close();
    sandbox.close();
    chromium.close();
  }
}

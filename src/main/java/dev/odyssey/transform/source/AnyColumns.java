package dev.odyssey.transform.source;

import dev.odyssey.transform.engine.Sql;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A file that has every column somebody asks for: to check expressions before a file is there. */
public final class AnyColumns implements Source {

  @Override
  public List<String> columns() {
    return List.of();
  }

  @Override
  public Optional<Column> find(String name) {
    return Optional.of(new Column(name, Sql.identifier(name)));
  }

  @Override
  public String select(Collection<Column> used) {
    throw new UnsupportedOperationException("there is no file to read");
  }
}

package io.gluonj.processor.check;

import io.gluonj.processor.diag.Diag;
import io.gluonj.processor.diag.Finding;
import io.gluonj.processor.diag.Origin;
import java.util.ArrayList;
import java.util.List;

/** Collects what the rules find in one class, in source order of the rules' visits. */
final class Findings {
  private final List<Finding> found = new ArrayList<>();

  void add(Diag diag, Origin origin, String... namesAndWords) {
    found.add(Finding.of(diag, origin, namesAndWords));
  }

  void add(Finding finding) {
    found.add(finding);
  }

  int size() {
    return found.size();
  }

  boolean hasErrors() {
    return found.stream().anyMatch(Finding::isError);
  }

  List<Finding> all() {
    return List.copyOf(found);
  }
}

package io.gluonj.cli.tour;

import java.util.List;

/** What a step of the tour found. */
public interface Finding {
  /** What the step is about. */
  String title();

  /** What to print; an entry may have several lines. */
  List<String> lines();

  /** Whether everything the lines claim is true. */
  boolean consistent();
}

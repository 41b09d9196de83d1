package io.gluonj.op;

import java.util.Optional;

/** Memory layouts named by MXNet's attributes. */
final class Layouts {
  private Layouts() {}

  /** Only channels-first layouts are computed; others are refused, never misread. */
  static void requireChannelsFirst(Optional<String> layout, Infer s) {
    if (layout.isPresent() && !layout.get().startsWith("NC")) {
      throw s.error(
          "layout " + layout.get(),
          "this operator computes channels-first layouts (NCW, NCHW, NCDHW) in this version",
          "transpose the data to channels-first");
    }
  }
}

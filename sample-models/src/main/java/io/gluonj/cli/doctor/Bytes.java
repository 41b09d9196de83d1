package io.gluonj.cli.doctor;

import java.util.Locale;

/** Spells sizes. */
final class Bytes {
  private Bytes() {}

  /** For example {@code 15.6 GiB}. */
  static String text(long bytes) {
    if (bytes >= 1L << 30) {
      return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
    if (bytes >= 1L << 20) {
      return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1L << 20));
    }
    return bytes + " bytes";
  }
}

package io.gluonj.ptx;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads tables of test cases: a line each, with comments behind {@code #}. */
final class Table {
  private Table() {}

  /** The lines with something in them. The caller closes the stream. */
  static Stream<String> lines(String resource) {
    InputStream in =
        Objects.requireNonNull(
            Table.class.getResourceAsStream("/ptx/" + resource), () -> resource + " is missing");
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
        .lines()
        .map(line -> line.replaceAll("#.*", "").strip())
        .filter(line -> !line.isEmpty());
  }

  /** The bits of {@code 1.5f} (32), {@code 1.5d} (64), {@code 0x…} or a decimal integer. */
  static long bits(String number) {
    if (number.startsWith("0x")) {
      return Long.parseUnsignedLong(number.substring(2), 16);
    }
    return switch (number.charAt(number.length() - 1)) {
      case 'f' ->
          Float.floatToRawIntBits(Float.parseFloat(number.substring(0, number.length() - 1)))
              & 0xFFFF_FFFFL;
      case 'd' ->
          Double.doubleToRawLongBits(Double.parseDouble(number.substring(0, number.length() - 1)));
      default -> Long.parseLong(number);
    };
  }
}

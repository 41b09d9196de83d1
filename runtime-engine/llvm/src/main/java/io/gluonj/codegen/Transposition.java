package io.gluonj.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Exchanges rows and columns of a square block that is held in vectors, by exchanging ever smaller
 * blocks off the diagonal (Eklundh, 1972).
 *
 * @param lanes elements of a vector, a power of two
 */
record Transposition(IrWriter out, String vector, int lanes) {
  List<String> of(List<String> rows) {
    var now = new ArrayList<>(rows);
    for (int distance = lanes / 2; distance > 0; distance /= 2) {
      for (int i = 0; i < lanes; i++) {
        if ((i & distance) == 0) {
          String upper = now.get(i);
          String lower = now.get(i + distance);
          now.set(i, shuffle(upper, lower, distance, 0));
          now.set(i + distance, shuffle(upper, lower, distance, distance));
        }
      }
    }
    return now;
  }

  /** Alternates runs of both vectors: the same halves, left ({@code 0}) or right, of each pair. */
  private String shuffle(String upper, String lower, int distance, int half) {
    String mask =
        IntStream.range(0, lanes)
            .map(lane ->
                (lane & distance) == 0 ? lane + half : lanes + lane - distance + half)
            .mapToObj(from -> "i32 " + from)
            .collect(Collectors.joining(", ", "<", ">"));
    return out.value(
        "shufflevector %s %s, %s %s, <%d x i32> %s"
            .formatted(vector, upper, vector, lower, lanes, mask));
  }
}

package io.gluonj.op;

import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The little language of MXNet's Reshape. Left to right: 0 copies an extent, -1 is inferred from
 * the size (once), -2 copies all remaining extents, -3 merges the next two, -4 splits the next one
 * into the two numbers that follow (one of them may be -1); a positive number stands for itself.
 * With {@code reverse} it is read from right to left.
 */
final class ReshapeCodes {
  private ReshapeCodes() {}

  static Shape apply(Shape in, List<Long> codes, boolean reverse, Infer s) {
    List<Long> from = new ArrayList<>(Nests.list(in.dims()));
    List<Long> spec = new ArrayList<>(codes);
    if (reverse) {
      Collections.reverse(from);
      spec = reversedKeepingSplits(codes);
    }
    var out = new ArrayList<Long>();
    int next = 0;
    int inferred = -1;
    for (int i = 0; i < spec.size(); i++) {
      long code = spec.get(i);
      if (code > 0) {
        out.add(code);
        next++;
      } else if (code == 0) {
        out.add(take(from, next++, codes, s));
      } else if (code == -1) {
        if (inferred >= 0) {
          throw s.error(
              "shape " + codes + " has -1 twice",
              "only one extent can be inferred from the size",
              "state all extents but one");
        }
        inferred = out.size();
        out.add(1L);
        next++;
      } else if (code == -2) {
        while (next < from.size()) {
          out.add(from.get(next++));
        }
      } else if (code == -3) {
        out.add(multiply(take(from, next++, codes, s), take(from, next++, codes, s)));
      } else if (code == -4 && i + 2 < spec.size()) {
        long whole = take(from, next++, codes, s);
        long first = spec.get(++i);
        long second = spec.get(++i);
        out.add(first == -1 ? divide(whole, second) : first);
        out.add(second == -1 ? divide(whole, first) : second);
      } else {
        throw s.error(
            "shape " + codes + " has the code " + code,
            "the codes are 0, -1, -2, -3 and -4 followed by two numbers",
            "use these codes or plain extents");
      }
    }
    if (inferred >= 0) {
      long rest = out.stream().reduce(1L, ReshapeCodes::multiply);
      out.set(inferred, divide(in.isKnown() ? in.size() : Shape.UNKNOWN, rest));
    }
    if (reverse) {
      Collections.reverse(out);
    }
    return Shape.of(out.stream().mapToLong(d -> d).toArray());
  }

  /** Reverses the codes but keeps {@code -4 a b} together, its halves swapped. */
  private static List<Long> reversedKeepingSplits(List<Long> codes) {
    var groups = new ArrayList<List<Long>>();
    for (int i = 0; i < codes.size(); i++) {
      if (codes.get(i) == -4 && i + 2 < codes.size()) {
        groups.add(List.of(-4L, codes.get(i + 2), codes.get(i + 1)));
        i += 2;
      } else {
        groups.add(List.of(codes.get(i)));
      }
    }
    Collections.reverse(groups);
    return groups.stream().flatMap(List::stream).toList();
  }

  private static long take(List<Long> from, int at, List<Long> codes, Infer s) {
    if (at >= from.size()) {
      throw s.error(
          "shape " + codes + " refers to axis " + at,
          "the input has only " + from.size() + " axes",
          "remove a 0, -3 or -4 from the shape");
    }
    return from.get(at);
  }

  private static long multiply(long a, long b) {
    return a == Shape.UNKNOWN || b == Shape.UNKNOWN ? Shape.UNKNOWN : a * b;
  }

  private static long divide(long whole, long part) {
    return whole == Shape.UNKNOWN || part == Shape.UNKNOWN
        ? Shape.UNKNOWN
        : part == 0 ? 0 : whole / part;
  }
}

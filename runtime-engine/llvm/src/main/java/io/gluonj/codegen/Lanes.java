package io.gluonj.codegen;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Vectors of which only the first lanes count. */
final class Lanes {
  private Lanes() {}

  /** A mask of the first {@code count} lanes; of none if it is negative, of all if it is large. */
  static String mask(IrWriter out, int lanes, String count) {
    String vector = "<" + lanes + " x i64>";
    String limit = spread(out, vector, lanes, count, "i64");
    String numbers =
        IntStream.range(0, lanes)
            .mapToObj(i -> "i64 " + i)
            .collect(Collectors.joining(", ", "<", ">"));
    return out.value("icmp slt " + vector + " " + numbers + ", " + limit);
  }

  /** A vector with a number in every lane. */
  static String spread(IrWriter out, String vector, int lanes, String number, String type) {
    String one =
        out.value("insertelement " + vector + " poison, " + type + " " + number + ", i64 0");
    return out.value(
        "shufflevector %s %s, %s poison, <%d x i32> zeroinitializer"
            .formatted(vector, one, vector, lanes));
  }

  /** The vector with one lane exchanged. */
  static String insert(IrWriter out, String vector, String into, String value, int lane) {
    return out.value("insertelement %s %s, %s, i64 %d".formatted(vector, into, value, lane));
  }

  /** Loads the lanes of a mask; zeros in the others. */
  static String load(
      IrWriter out, String vector, int lanes, FloatType type, String from, String mask) {
    String name = "llvm.masked.load.v" + lanes + type.suffix() + ".p0";
    String bits = "<" + lanes + " x i1>";
    out.define("declare %s @%s(ptr, i32, %s, %s)".formatted(vector, name, bits, vector));
    return out.value(
        "call %s @%s(ptr %s, i32 %d, %s %s, %s zeroinitializer)"
            .formatted(vector, name, from, type.bytes(), bits, mask, vector));
  }

  /** Stores the lanes of a mask. */
  static void store(
      IrWriter out,
      String vector,
      int lanes,
      FloatType type,
      String value,
      String to,
      String mask) {
    String name = "llvm.masked.store.v" + lanes + type.suffix() + ".p0";
    String bits = "<" + lanes + " x i1>";
    out.define("declare void @%s(%s, ptr, i32, %s)".formatted(name, vector, bits));
    out.line(
        "call void @%s(%s %s, ptr %s, i32 %d, %s %s)"
            .formatted(name, vector, value, to, type.bytes(), bits, mask));
  }
}

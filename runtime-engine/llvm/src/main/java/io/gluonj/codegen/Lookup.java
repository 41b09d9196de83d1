package io.gluonj.codegen;

import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Places of loads that indices compute. */
final class Lookup {
  /**
   * A place.
   *
   * @param element i64, always inside the operand
   * @param exists i1, false where the value is 0 instead; null where it always exists
   */
  record Place(String element, @Nullable String exists) {}

  private final IrWriter out;
  private final Expressions expressions;

  /**
   * At one position.
   *
   * @param leaves what indices are computed from, in float64
   */
  Lookup(Target target, IrWriter out, Supplier<Expressions.Leaves> leaves) {
    this.out = out;
    this.expressions = new Expressions(target, out, FloatType.F64, leaves.get());
  }

  Place place(String affine, List<Index> indices) {
    String element = affine;
    String exists = null;
    for (Index index : indices) {
      String number =
          out.call("i64", "llvm.fptosi.sat.i64.f64", "double", expressions.value(index.value()));
      String inside;
      if (index.bounds() == Bounds.ZERO) {
        String here = out.value("icmp ult i64 " + number + ", " + index.extent());
        exists = exists == null ? here : out.value("and i1 " + exists + ", " + here);
        inside = out.value("select i1 " + here + ", i64 " + number + ", i64 0");
      } else {
        inside = inside(out, number, index.extent(), index.bounds());
      }
      String step = out.value("mul nsw i64 " + inside + ", " + index.stride());
      element = out.value("add nsw i64 " + element + ", " + step);
    }
    return new Place(element, exists);
  }

  /** The valid index that an index means, where each means one. */
  static String inside(IrWriter out, String number, long extent, Bounds bounds) {
    return switch (bounds) {
      case CLIP -> {
        String low = out.call("i64", "llvm.smax.i64", "i64", number, "0");
        yield out.call("i64", "llvm.smin.i64", "i64", low, String.valueOf(extent - 1));
      }
      case WRAP -> {
        String rest = out.value("srem i64 " + number + ", " + extent);
        String negative = out.value("icmp slt i64 " + rest + ", 0");
        String later = out.value("add i64 " + rest + ", " + extent);
        yield out.value("select i1 " + negative + ", i64 " + later + ", i64 " + rest);
      }
      case ZERO -> throw new IllegalArgumentException("an index may mean nothing");
    };
  }
}

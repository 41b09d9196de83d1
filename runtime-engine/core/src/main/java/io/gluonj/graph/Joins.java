package io.gluonj.graph;

import io.gluonj.op.BinaryMath;
import io.gluonj.op.Concat;
import io.gluonj.op.Op;
import io.gluonj.op.ShapeOps;
import io.gluonj.op.Slicing;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Simplify} knows of joining and taking apart: parts of a concatenation that are its
 * inputs, sums of parts that lie side by side, and shapes that are changed back. Recurrent layers
 * join their parameters to one vector and slice it, attention slices one projection into queries,
 * keys and values; without these rules each gradient of a slice would be a whole tensor of zeros.
 */
final class Joins {
  private Joins() {}

  /** A simpler value equal to an application's only output, or null. */
  static @Nullable Symbol simpler(Node.Apply node, List<Symbol> in) {
    return switch (node.op()) {
      case ShapeOps _ -> shapedBack(node, in.getFirst());
      case Slicing s -> input(s, node, in.getFirst());
      case BinaryMath.Add _ -> joined(node, in);
      case Op _ -> null;
    };
  }

  /** What changes of shape begin with, if it has the type they end with. */
  private static @Nullable Symbol shapedBack(Node.Apply node, Symbol in) {
    Symbol source = in;
    while (source.node().op() instanceof ShapeOps) {
      source = source.node().inputs().getFirst();
    }
    return source != in && source.type().equals(node.types().getFirst()) ? source : null;
  }

  /** The input of a concatenation from which a slice takes everything it takes, or part of it. */
  private static @Nullable Symbol input(Slicing slice, Node.Apply node, Symbol in) {
    if (!(in.node().op() instanceof Concat concat)) {
      return null;
    }
    Shape whole = in.shape();
    int axis = whole.axis(concat.dim());
    List<Slicing.Range> ranges = slice.ranges(whole);
    Slicing.Range range = ranges.get(axis);
    if (range.count() == 0 || !full(ranges, whole, axis) || !contiguous(range)) {
      return null;
    }
    long begin = 0;
    for (Symbol part : in.node().inputs()) {
      long end = begin + part.shape().dim(axis);
      long from = range.start() - begin;
      long to = from + range.count();
      if (range.start() >= begin && range.start() + range.count() <= end) {
        if (part.dtype() != in.dtype()) {
          return null;
        }
        return from == 0 && to == end - begin
            ? part
            : Rewrite.replace(node, Slicing.axis(axis, from, to), List.of(part)).getFirst();
      }
      begin = end;
    }
    return null;
  }

  /** Parts with zeros around them, which cover the whole side by side: their concatenation. */
  private static @Nullable Symbol joined(Node.Apply node, List<Symbol> in) {
    var parts = new ArrayList<Symbol>();
    for (Symbol s : in) {
      if (!collect(s, node, parts)) {
        return null;
      }
    }
    Shape whole = node.types().getFirst().shape();
    int axis = cutAxis(ranges(parts.getFirst()), whole);
    if (axis < 0) {
      return null;
    }
    parts.sort(Comparator.comparingLong(p -> ranges(p).get(axis).start()));
    long begin = 0;
    for (Symbol part : parts) {
      Slicing.Range range = ranges(part).get(axis);
      if (!full(ranges(part), whole, axis) || !contiguous(range) || range.start() != begin) {
        return null;
      }
      begin += range.count();
    }
    if (begin != whole.dim(axis)) {
      return null;
    }
    List<Symbol> sources = parts.stream().map(p -> p.node().inputs().getFirst()).toList();
    return Rewrite.replace(node, new Concat(axis), sources).getFirst();
  }

  /** Adds the terms of a sum; false if one is no part with zeros around it. */
  private static boolean collect(Symbol term, Node.Apply sum, List<Symbol> parts) {
    if (!term.type().equals(sum.types().getFirst())) {
      return false; // broadcast, or of a narrower type
    }
    if (term.node().op() instanceof Slicing.IntoZeros) {
      return parts.add(term);
    }
    return term.node().op() instanceof BinaryMath.Add
        && term.node().inputs().stream().allMatch(s -> collect(s, sum, parts));
  }

  private static List<Slicing.Range> ranges(Symbol part) {
    if (part.node().op() instanceof Slicing.IntoZeros(var ranges, var _)) {
      return ranges;
    }
    throw new IllegalStateException(part + " is no part with zeros around it");
  }

  /** The first axis of which not everything is taken, or -1. */
  private static int cutAxis(List<Slicing.Range> ranges, Shape whole) {
    for (int i = 0; i < whole.rank(); i++) {
      if (!all(ranges.get(i), whole.dim(i))) {
        return i;
      }
    }
    return -1;
  }

  /** Whether everything is taken along all axes but one. */
  private static boolean full(List<Slicing.Range> ranges, Shape whole, int except) {
    for (int i = 0; i < whole.rank(); i++) {
      if (i != except && !all(ranges.get(i), whole.dim(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean all(Slicing.Range range, long extent) {
    return range.start() == 0 && range.count() == extent && contiguous(range);
  }

  private static boolean contiguous(Slicing.Range range) {
    return range.step() == 1 || range.count() <= 1;
  }
}

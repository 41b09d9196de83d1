package io.gluonj.codegen;

import io.gluonj.op.RowNest;
import io.gluonj.op.RowNest.Stage;
import io.gluonj.op.RowNest.Write;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.types.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The passes over a row that a row nest takes, and the terms that are worth keeping from one pass
 * for the next: those of functions that take longer than reading a value again.
 *
 * @param stages of each pass but the last; they depend on stages of earlier passes only
 * @param kept terms, smaller ones first; argument {@link #first()} + {@code i} stands for the term
 *     {@code i}, in the terms after it, too
 */
record RowTerms(RowNest nest, List<List<Integer>> stages, List<Scalar> kept) {
  /**
   * Reciprocals of float32 beyond this, or below its reciprocal, come near the end of the range.
   */
  private static final double LARGE = 0x1p100;

  private static final double SCALE = 0x1p64;

  static RowTerms of(RowNest nest) {
    List<List<Integer>> stages = passes(nest);
    Map<Scalar, Integer> passes = new HashMap<>();
    for (List<Integer> pass : stages) {
      var terms = new HashSet<Scalar>();
      pass.forEach(k -> collect(nest.stages().get(k).body(), terms));
      terms.forEach(t -> passes.merge(t, 1, Integer::sum));
    }
    var terms = new HashSet<Scalar>();
    nest.stores().forEach(store -> collect(store.body(), terms));
    terms.forEach(t -> passes.merge(t, 1, Integer::sum));
    List<Scalar> shared =
        passes.entrySet().stream()
            .filter(e -> e.getValue() > 1 && alongRow(nest, e.getKey()))
            .map(Map.Entry::getKey)
            .sorted(java.util.Comparator.comparingInt(RowTerms::size))
            .toList();
    var kept = new ArrayList<Scalar>();
    for (Scalar term : shared) {
      kept.add(replace(term, kept, first(nest)));
    }
    return new RowTerms(nest, stages, kept);
  }

  /** This without terms that are kept. */
  RowTerms forgetful() {
    return new RowTerms(nest, stages, List.of());
  }

  private static int first(RowNest nest) {
    return nest.loads().size() + nest.stages().size();
  }

  /** The argument that stands for the first kept term. */
  int first() {
    return first(nest);
  }

  /** What stages of a pass and the stores evaluate, in terms of what is kept. */
  Scalar body(Scalar e) {
    return replace(e, kept, first());
  }

  /**
   * The same row nest without divisions of many values of a row by one: by one more product each,
   * with one more rounding. Factors keep the reciprocal within range where the divisor is about to
   * leave it.
   */
  static RowNest reciprocal(RowNest nest) {
    if (nest.compute() != DType.FLOAT32) {
      return nest;
    }
    return new RowNest(
        nest.parallel(),
        nest.row(),
        nest.loads(),
        nest.stages().stream()
            .map(s -> new Stage(s.reduction(), reciprocal(nest, s.body()), s.epilogue()))
            .toList(),
        nest.stores().stream().map(w -> new Write(w.access(), reciprocal(nest, w.body()))).toList(),
        nest.results());
  }

  private static Scalar reciprocal(RowNest nest, Scalar e) {
    return switch (e) {
      case Scalar.Arg _, Scalar.Const _, Scalar.Iota _, Scalar.Uniform _ -> e;
      case Scalar.Unary(Fn fn, Scalar x) -> new Scalar.Unary(fn, reciprocal(nest, x));
      case Scalar.Binary(Fn2 fn, Scalar a, Scalar b) -> {
        Scalar x = reciprocal(nest, a);
        boolean common = alongRow(nest, a) && !alongRow(nest, b) && !(b instanceof Scalar.Const);
        yield fn == Fn2.DIV && common
            ? timesReciprocal(x, b)
            : new Scalar.Binary(fn, x, reciprocal(nest, b));
      }
      case Scalar.Select(Scalar c, Scalar yes, Scalar no) ->
          new Scalar.Select(reciprocal(nest, c), reciprocal(nest, yes), reciprocal(nest, no));
    };
  }

  private static Scalar timesReciprocal(Scalar x, Scalar divisor) {
    Scalar size = divisor.map(Fn.ABS);
    Scalar large = size.with(Fn2.GT, Scalar.of(LARGE)).choose(Scalar.of(1 / SCALE), Scalar.of(1));
    Scalar scale = size.with(Fn2.LT, Scalar.of(1 / LARGE)).choose(Scalar.of(SCALE), large);
    return x.times(Scalar.of(1).over(divisor.times(scale))).times(scale);
  }

  /** The kept terms that expressions need, in order. */
  List<Integer> needed(List<Scalar> bodies) {
    var found = new java.util.TreeSet<Integer>();
    bodies.forEach(b -> arguments(b, found));
    for (int i = kept.size() - 1; i >= 0; i--) {
      if (found.contains(first() + i)) {
        arguments(kept.get(i), found);
      }
    }
    return found.tailSet(first()).stream().map(a -> a - first()).toList();
  }

  /** Stages in passes, as early as what they read allows. */
  private static List<List<Integer>> passes(RowNest nest) {
    int loads = nest.loads().size();
    int[] level = new int[nest.stages().size()];
    var passes = new ArrayList<List<Integer>>();
    for (int k = 0; k < level.length; k++) {
      Stage stage = nest.stages().get(k);
      var before = new HashSet<Integer>();
      arguments(stage.body(), before);
      for (int a : before) {
        level[k] = a < loads ? level[k] : Math.max(level[k], level[a - loads] + 1);
      }
      var after = new HashSet<Integer>();
      arguments(stage.epilogue(), after);
      for (int a : after) {
        level[k] = a < loads ? level[k] : Math.max(level[k], level[a - loads]);
      }
      while (passes.size() <= level[k]) {
        passes.add(new ArrayList<>());
      }
      passes.get(level[k]).add(k);
    }
    return passes;
  }

  private static List<Scalar> parts(Scalar e) {
    return switch (e) {
      case Scalar.Arg _, Scalar.Const _, Scalar.Iota _, Scalar.Uniform _ -> List.of();
      case Scalar.Unary(var _, Scalar x) -> List.of(x);
      case Scalar.Binary(var _, Scalar a, Scalar b) -> List.of(a, b);
      case Scalar.Select(Scalar c, Scalar yes, Scalar no) -> List.of(c, yes, no);
    };
  }

  private static void arguments(Scalar e, Set<Integer> found) {
    if (e instanceof Scalar.Arg(int index)) {
      found.add(index);
    }
    parts(e).forEach(part -> arguments(part, found));
  }

  private static int size(Scalar e) {
    return 1 + parts(e).stream().mapToInt(RowTerms::size).sum();
  }

  /** Whether a term has several values in a row. */
  private static boolean alongRow(RowNest nest, Scalar e) {
    return switch (e) {
      case Scalar.Arg(int index) ->
          index < nest.loads().size()
              && nest.loads().get(index).strides().stream()
                  .skip(nest.parallel().size())
                  .anyMatch(step -> step != 0);
      case Scalar.Iota(int axis) -> axis >= nest.parallel().size();
      case Scalar.Const _, Scalar.Uniform _, Scalar.Unary _, Scalar.Binary _, Scalar.Select _ ->
          parts(e).stream().anyMatch(part -> alongRow(nest, part));
    };
  }

  /** Terms that take long. */
  private static void collect(Scalar e, Set<Scalar> found) {
    boolean slow =
        switch (e) {
          case Scalar.Unary(Fn fn, Scalar _) ->
              switch (fn) {
                case EXP, EXPM1, LOG, LOG1P, TANH, ERF, SIN, COS -> true;
                case NEG, ABS, SIGN, SQRT, FLOOR, CEIL, TRUNC, RINT -> false;
              };
          case Scalar.Binary(Fn2 fn, Scalar _, Scalar _) -> fn == Fn2.POW || fn == Fn2.MOD;
          case Scalar.Arg _, Scalar.Const _, Scalar.Iota _, Scalar.Uniform _, Scalar.Select _ ->
              false;
        };
    if (slow) {
      found.add(e);
    }
    parts(e).forEach(part -> collect(part, found));
  }

  private static Scalar replace(Scalar e, List<Scalar> terms, int first) {
    return new Replacing(terms, first).apply(e);
  }

  /** Puts arguments in the place of terms, smaller terms first, as they were replaced. */
  private record Replacing(List<Scalar> terms, int first) {
    Scalar apply(Scalar e) {
      Scalar replaced =
          switch (e) {
            case Scalar.Arg _, Scalar.Const _, Scalar.Iota _, Scalar.Uniform _ -> e;
            case Scalar.Unary(Fn fn, Scalar x) -> new Scalar.Unary(fn, apply(x));
            case Scalar.Binary(Fn2 fn, Scalar a, Scalar b) ->
                new Scalar.Binary(fn, apply(a), apply(b));
            case Scalar.Select(Scalar c, Scalar yes, Scalar no) ->
                new Scalar.Select(apply(c), apply(yes), apply(no));
          };
      int known = terms.indexOf(replaced);
      return known < 0 ? replaced : Scalar.arg(first + known);
    }
  }
}

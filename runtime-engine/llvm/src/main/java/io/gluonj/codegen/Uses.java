package io.gluonj.codegen;

import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.types.DType;
import java.util.IdentityHashMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the expressions of a nest read, and about how long they take. */
final class Uses {
  private final SortedSet<Integer> loads = new TreeSet<>();
  private final SortedSet<Integer> iotas = new TreeSet<>();
  private final IdentityHashMap<Scalar, Boolean> visited = new IdentityHashMap<>();
  private final LoopNest nest;
  private final boolean wide;
  private boolean random;
  private double picoseconds;

  private Uses(LoopNest nest) {
    this.nest = nest;
    this.wide = nest.compute() == DType.FLOAT64;
  }

  static Uses of(LoopNest nest) {
    Uses uses = new Uses(nest);
    for (Store store : nest.stores()) {
      uses.visit(store.body(), true);
      uses.visit(store.epilogue(), false);
    }
    return uses;
  }

  /** Loads whose values or keys are read, also those that indices are computed from. */
  SortedSet<Integer> loads() {
    return loads;
  }

  /** Axes whose positions are read as numbers. */
  SortedSet<Integer> iotas() {
    return iotas;
  }

  /** Whether random numbers are drawn. */
  boolean random() {
    return random;
  }

  /** Arithmetic of one position of a vectorized loop: an estimate for decisions, not a promise. */
  double picoseconds() {
    return picoseconds;
  }

  private void visit(Scalar e, boolean body) {
    if (visited.put(e, true) != null) {
      return;
    }
    switch (e) {
      case Scalar.Arg(int index) -> {
        if (body && loads.add(index)) {
          nest.loads().get(index).indices().forEach(i -> visit(i.value(), true));
        }
      }
      case Scalar.Const _ -> {}
      case Scalar.Iota(int axis) -> {
        iotas.add(axis);
        picoseconds += 20;
      }
      case Scalar.Uniform(int key, int _) -> {
        loads.add(key);
        random = true;
        picoseconds += 800;
      }
      case Scalar.Unary(Fn fn, Scalar x) -> {
        picoseconds += cost(fn);
        visit(x, body);
      }
      case Scalar.Binary(Fn2 fn, Scalar a, Scalar b) -> {
        picoseconds += cost(fn);
        visit(a, body);
        visit(b, body);
      }
      case Scalar.Select(Scalar c, Scalar yes, Scalar no) -> {
        picoseconds += wide ? 40 : 20;
        visit(c, body);
        visit(yes, body);
        visit(no, body);
      }
    }
  }

  private double cost(Fn fn) {
    return switch (fn) {
      case NEG, ABS, SIGN, FLOOR, CEIL, TRUNC, RINT -> wide ? 40 : 20;
      case SQRT -> wide ? 600 : 100;
      case EXP, EXPM1, LOG, LOG1P, TANH, ERF -> wide ? 8000 : 200;
      case SIN, COS -> wide ? 10_000 : 500;
    };
  }

  private double cost(Fn2 fn) {
    return switch (fn) {
      case ADD, SUB, MUL, MIN, MAX, EQ, NE, LT, LE, GT, GE -> wide ? 30 : 15;
      case DIV, MOD -> wide ? 300 : 100;
      case POW -> wide ? 20_000 : 1200;
    };
  }
}

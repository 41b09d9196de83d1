package io.gluonj.codegen;

import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Instructions for {@link Scalar} expressions at one position. Terms that occur several times are
 * computed once.
 */
final class Expressions {
  /** Where the values of leaves come from. */
  interface Leaves {
    String arg(int index);

    /** The integer type of positions. */
    String index();

    /** The position along an axis. */
    String iota(int axis);

    String uniform(int key, int site);

    /** A number known under another name when the code runs; null where it is written out. */
    default @Nullable String constant(double value) {
      return null;
    }
  }

  private final IrWriter out;
  private final Arithmetic f;
  private final Functions functions;
  private final Leaves leaves;
  private final IdentityHashMap<Scalar, String> known = new IdentityHashMap<>();
  private final Map<Integer, String> arguments = new HashMap<>();

  Expressions(Target target, IrWriter out, FloatType type, Leaves leaves) {
    this.out = out;
    this.f = Arithmetic.contracting(out, type);
    this.functions = target.functions(out, type);
    this.leaves = leaves;
  }

  /** The value of {@code e} in the type of computation. */
  String value(Scalar e) {
    String found = known.get(e);
    if (found == null) {
      found = emit(e);
      known.put(e, found);
    }
    return found;
  }

  private String emit(Scalar e) {
    return switch (e) {
      case Scalar.Arg(int index) -> arguments.computeIfAbsent(index, leaves::arg);
      case Scalar.Const(double v) -> constant(v);
      case Scalar.Iota(int axis) ->
          out.value("sitofp " + leaves.index() + " " + leaves.iota(axis) + " to " + f.type().ir());
      case Scalar.Uniform(int key, int site) -> leaves.uniform(key, site);
      case Scalar.Unary(Fn fn, Scalar x) -> unary(fn, value(x));
      case Scalar.Binary(Fn2 fn, Scalar a, Scalar b) -> binary(fn, value(a), value(b));
      case Scalar.Select(Scalar c, Scalar yes, Scalar no) -> {
        String condition = f.compare("une", value(c), f.of(0));
        yield f.select(condition, value(yes), value(no));
      }
    };
  }

  private String constant(double value) {
    String told = leaves.constant(value);
    return told == null ? f.of(value) : told;
  }

  private String unary(Fn fn, String x) {
    return switch (fn) {
      case NEG -> f.negate(x);
      case ABS -> f.call("fabs", x);
      case SIGN -> {
        String negative = f.select(f.compare("olt", x, f.of(0)), f.of(-1), x);
        yield f.select(f.compare("ogt", x, f.of(0)), f.of(1), negative);
      }
      case EXP -> functions.exp(x);
      case EXPM1 -> functions.expm1(x);
      case LOG -> functions.log(x);
      case LOG1P -> functions.log1p(x);
      case SQRT -> f.call("sqrt", x);
      case TANH -> functions.tanh(x);
      case ERF -> functions.erf(x);
      case SIN -> functions.sin(x);
      case COS -> functions.cos(x);
      case FLOOR -> f.call("floor", x);
      case CEIL -> f.call("ceil", x);
      case TRUNC -> f.call("trunc", x);
      case RINT -> f.call("roundeven", x);
    };
  }

  private String binary(Fn2 fn, String a, String b) {
    return switch (fn) {
      case ADD -> f.add(a, b);
      case SUB -> f.sub(a, b);
      case MUL -> f.mul(a, b);
      case DIV -> f.div(a, b);
      case POW -> functions.pow(a, b);
      case MIN -> f.call("minimum", a, b);
      case MAX -> f.call("maximum", a, b);
      case MOD -> remainder(a, b);
      case EQ -> truth("oeq", a, b);
      case NE -> truth("une", a, b);
      case LT -> truth("olt", a, b);
      case LE -> truth("ole", a, b);
      case GT -> truth("ogt", a, b);
      case GE -> truth("oge", a, b);
    };
  }

  private String truth(String predicate, String a, String b) {
    return f.select(f.compare(predicate, a, b), f.of(1), f.of(0));
  }

  /**
   * {@code a - b floor(a / b)}: once more where the quotient is so large that it has lost digits,
   * and repaired where it was rounded up to an integer.
   */
  private String remainder(String a, String b) {
    String quotient = f.call("floor", f.div(a, b));
    String once = f.fma(f.negate(quotient), b, a);
    String twice = f.fma(f.negate(f.call("floor", f.div(once, b))), b, once);
    String large = f.compare("ogt", f.call("fabs", quotient), f.of(1 << 22));
    String r = f.select(large, twice, once);
    String wrongSign = f.compare("olt", f.mul(f.call("copysign", f.of(1), b), r), f.of(0));
    String repaired = f.select(wrongSign, f.add(r, b), r);
    return f.select(f.compare("oeq", b, f.of(0)), f.of(0), repaired);
  }
}

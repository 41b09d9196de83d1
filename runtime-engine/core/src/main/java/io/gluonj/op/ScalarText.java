package io.gluonj.op;

import io.gluonj.op.Scalar.Arg;
import io.gluonj.op.Scalar.Binary;
import io.gluonj.op.Scalar.Const;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.op.Scalar.Iota;
import io.gluonj.op.Scalar.Select;
import io.gluonj.op.Scalar.Unary;
import io.gluonj.op.Scalar.Uniform;
import java.util.Locale;

/**
 * Expressions as text: {@code a0} is argument 0, {@code i1} the position along axis 1, {@code
 * u(a2)} a random number drawn with key 2.
 */
final class ScalarText {
  private static final int COMPARE = 0;
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int ATOM = 3;

  private ScalarText() {}

  static String of(Scalar e) {
    return text(e, COMPARE);
  }

  /** The text of an expression, in parentheses where it binds less than its surroundings. */
  private static String text(Scalar e, int around) {
    return switch (e) {
      case Arg(int index) -> "a" + index;
      case Const(double value) -> number(value);
      case Iota(int axis) -> "i" + axis;
      case Uniform(int key, int site) -> "u" + site + "(a" + key + ")";
      case Unary(Fn fn, Scalar x) ->
          String.valueOf(fn).toLowerCase(Locale.ROOT) + "(" + of(x) + ")";
      case Select(Scalar c, Scalar yes, Scalar no) ->
          "select(" + of(c) + ", " + of(yes) + ", " + of(no) + ")";
      case Binary(Fn2 fn, Scalar a, Scalar b) ->
          switch (fn) {
            case ADD -> infix(a, " + ", b, SUM, SUM, around);
            case SUB -> infix(a, " - ", b, SUM, PRODUCT, around);
            case MUL -> infix(a, " * ", b, PRODUCT, PRODUCT, around);
            case DIV -> infix(a, " / ", b, PRODUCT, ATOM, around);
            case EQ -> infix(a, " == ", b, COMPARE, SUM, around);
            case NE -> infix(a, " != ", b, COMPARE, SUM, around);
            case LT -> infix(a, " < ", b, COMPARE, SUM, around);
            case LE -> infix(a, " <= ", b, COMPARE, SUM, around);
            case GT -> infix(a, " > ", b, COMPARE, SUM, around);
            case GE -> infix(a, " >= ", b, COMPARE, SUM, around);
            case POW, MIN, MAX, MOD ->
                String.valueOf(fn).toLowerCase(Locale.ROOT) + "(" + of(a) + ", " + of(b) + ")";
          };
    };
  }

  private static String infix(Scalar a, String sign, Scalar b, int level, int right, int around) {
    String text = text(a, Math.max(level, SUM)) + sign + text(b, right);
    return level < around ? "(" + text + ")" : text;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}

package io.gluonj.op;

import io.gluonj.op.Scalar.Arg;
import io.gluonj.op.Scalar.Binary;
import io.gluonj.op.Scalar.Const;
import io.gluonj.op.Scalar.Iota;
import io.gluonj.op.Scalar.Select;
import io.gluonj.op.Scalar.Unary;
import io.gluonj.op.Scalar.Uniform;
import io.gluonj.types.Shape;

/** Which leaves an expression has. */
public final class Arguments {
  private Arguments() {}

  /** Whether {@code e} reads the value of argument {@code arg} (a random key is not a value). */
  public static boolean reads(Scalar e, int arg) {
    return switch (e) {
      case Arg(int index) -> index == arg;
      case Const _, Iota _, Uniform _ -> false;
      case Unary(var _, Scalar x) -> reads(x, arg);
      case Binary(var _, Scalar a, Scalar b) -> reads(a, arg) || reads(b, arg);
      case Select(Scalar c, Scalar yes, Scalar no) ->
          reads(c, arg) || reads(yes, arg) || reads(no, arg);
    };
  }

  /** Whether {@code e} draws random numbers with argument {@code arg} as the key. */
  public static boolean isKey(Scalar e, int arg) {
    return switch (e) {
      case Uniform(int key, int _) -> key == arg;
      case Arg _, Const _, Iota _ -> false;
      case Unary(var _, Scalar x) -> isKey(x, arg);
      case Binary(var _, Scalar a, Scalar b) -> isKey(a, arg) || isKey(b, arg);
      case Select(Scalar c, Scalar yes, Scalar no) ->
          isKey(c, arg) || isKey(yes, arg) || isKey(no, arg);
    };
  }

  /** One more than the highest number of an argument that {@code e} has. */
  public static long count(Scalar e) {
    return switch (e) {
      case Arg(int index) -> index + 1L;
      case Uniform(int key, int _) -> key + 1L;
      case Const _, Iota _ -> 0;
      case Unary(var _, Scalar x) -> count(x);
      case Binary(var _, Scalar a, Scalar b) -> Math.max(count(a), count(b));
      case Select(Scalar c, Scalar yes, Scalar no) ->
          Math.max(count(c), Math.max(count(yes), count(no)));
    };
  }

  /** Refuses an expression that counts along an axis which the shape does not have. */
  static void checkAxes(Scalar e, Shape space, Infer s) {
    if (space.hasRank() && axes(e) > space.rank()) {
      throw s.error(
          "the expression counts along " + axes(e) + " axes, the result has the shape " + space,
          "positions are those of the result",
          "count along its axes");
    }
  }

  private static long axes(Scalar e) {
    return switch (e) {
      case Iota(int axis) -> axis + 1L;
      case Arg _, Const _, Uniform _ -> 0;
      case Unary(var _, Scalar x) -> axes(x);
      case Binary(var _, Scalar a, Scalar b) -> Math.max(axes(a), axes(b));
      case Select(Scalar c, Scalar yes, Scalar no) ->
          Math.max(axes(c), Math.max(axes(yes), axes(no)));
    };
  }

  /** Whether {@code e} depends on its position: such a body cannot move to another space. */
  public static boolean positional(Scalar e) {
    return switch (e) {
      case Arg _, Const _ -> false;
      case Iota _, Uniform _ -> true;
      case Unary(var _, Scalar x) -> positional(x);
      case Binary(var _, Scalar a, Scalar b) -> positional(a) || positional(b);
      case Select(Scalar c, Scalar yes, Scalar no) ->
          positional(c) || positional(yes) || positional(no);
    };
  }
}

package io.gluonj.op;

import io.gluonj.op.Scalar.Arg;
import io.gluonj.op.Scalar.Binary;
import io.gluonj.op.Scalar.Const;
import io.gluonj.op.Scalar.Iota;
import io.gluonj.op.Scalar.Select;
import io.gluonj.op.Scalar.Unary;
import io.gluonj.op.Scalar.Uniform;

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
  public static int count(Scalar e) {
    return switch (e) {
      case Arg(int index) -> Math.addExact(index, 1);
      case Uniform(int key, int _) -> Math.addExact(key, 1);
      case Const _, Iota _ -> 0;
      case Unary(var _, Scalar x) -> count(x);
      case Binary(var _, Scalar a, Scalar b) -> Math.max(count(a), count(b));
      case Select(Scalar c, Scalar yes, Scalar no) ->
          Math.max(count(c), Math.max(count(yes), count(no)));
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

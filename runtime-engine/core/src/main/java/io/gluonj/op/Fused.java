package io.gluonj.op;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A pointwise operator given by its expression: what gradients of pointwise operators are, and what
 * fusion makes of several.
 */
public record Fused(Scalar body, int arity) implements Op.Pointwise {
  static final OpSchema<Fused> SCHEMA =
      OpSchema.internal(new Fused(Scalar.of(0), 0), "_fused")
          .variadic()
          .sample(
              new Fused(Scalar.arg(0).times(Scalar.arg(1)).plus(Scalar.arg(2)), 3),
              Shape.of(2, 3),
              Shape.of(3),
              Shape.of(2, 1));

  @Override
  public void infer(Infer s) {
    if (s.inputs() != arity || Arguments.count(body) > arity) {
      throw s.error(
          "got " + s.inputs() + " inputs, and the expression reads " + Arguments.count(body),
          "it was made for " + arity,
          "pass one input for each argument");
    }
    Op.Pointwise.super.infer(s);
    Arguments.checkAxes(body, s.out(0), s);
  }

  @Override
  public List<Scalar> apply(List<Scalar> in) {
    return List.of(Scalars.substitute(body, in::get));
  }

  /** {@code Fused[a0 * a1 + a2]}. */
  @Override
  public String toString() {
    return "Fused[" + ScalarText.of(body) + "]";
  }

  /** Applies an expression to those of its arguments that it reads. */
  static Tensor of(Scalar body, List<Tensor> arguments) {
    var used = new ArrayList<Tensor>();
    var positions = new int[arguments.size()];
    for (int i = 0; i < arguments.size(); i++) {
      positions[i] = used.size();
      if (Arguments.reads(body, i)) {
        used.add(arguments.get(i));
      }
    }
    Scalar compact = Scalars.substitute(body, i -> Scalar.arg(positions[i]));
    return Ops.call(new Fused(compact, used.size()), used.toArray(Tensor[]::new));
  }

  /** The gradient of a pointwise operator, from the derivatives of its expressions. */
  static void derive(Op.Pointwise op, Vjp g) {
    int n = g.inputs();
    var arguments = new ArrayList<Scalar>();
    var tensors = new ArrayList<Tensor>();
    for (int i = 0; i < n; i++) {
      arguments.add(Scalar.arg(i));
      tensors.add(g.in(i));
    }
    List<Scalar> values = op.apply(arguments);
    for (int k = 0; k < values.size(); k++) {
      if (g.used(k)) {
        tensors.add(g.dy(k));
      }
    }
    for (int i = 0; i < n; i++) {
      Scalar total = Scalar.of(0);
      int next = n;
      for (int k = 0; k < values.size(); k++) {
        if (g.used(k)) {
          Scalar slope = Scalars.derivative(values.get(k), i);
          total = total.plus(Scalars.product(slope, Scalar.arg(next++)));
        }
      }
      Scalar gradient = total;
      if (gradient.equals(Scalar.of(0))) {
        g.none(i, "the result is piecewise constant in this input");
      } else {
        Shape shape = g.in(i).shape();
        g.grad(i, () -> of(gradient, tensors).sumTo(shape));
      }
    }
  }
}

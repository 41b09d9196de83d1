package io.gluonj.op;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;

/**
 * A convolution that adds images of its result's shape, or takes the positive part, or does both,
 * before it stores the result: {@code relu(conv(data, weight) + bias + residual)}. Made by a pass
 * where a device has a kernel for the whole. Inputs: those of {@link Conv}, then the residual.
 */
public record ConvActivation(
    Window window, long groups, boolean bias, boolean residual, boolean relu)
    implements Op.Composite {
  private static final Window K3 =
      Window.of(List.of(3L, 3L), List.of(1L, 1L), List.of(1L, 1L), List.of(1L, 1L));

  static final OpSchema<ConvActivation> SCHEMA =
      OpSchema.internal(new ConvActivation(K3, 1, false, false, true), "_conv_activation")
          .inputs("data", "weight")
          .inputUnless(c -> !c.bias(), "bias")
          .inputUnless(c -> !c.residual(), "residual")
          .sample(
              new ConvActivation(K3, 1, true, true, true),
              Shape.of(2, 3, 5, 6),
              Shape.of(4, 3, 3, 3),
              Shape.of(4),
              Shape.of(2, 4, 5, 6))
          .sample(
              new ConvActivation(K3.inOrder(true), 2, false, true, false),
              Shape.of(2, 5, 6, 4),
              Shape.of(6, 2, 3, 3),
              Shape.of(2, 5, 6, 6))
          .sample(
              new ConvActivation(K3, 1, true, false, true),
              Shape.of(2, 3, 5, 6),
              Shape.of(4, 3, 3, 3),
              Shape.of(4));

  /** What is done to the result of a convolution. */
  public static ConvActivation of(Conv conv, boolean residual, boolean relu) {
    return new ConvActivation(conv.window(), conv.groups(), conv.bias(), residual, relu);
  }

  /** The same with the positive part of the result. */
  public ConvActivation rectified() {
    return new ConvActivation(window, groups, bias, residual, true);
  }

  /** The convolution alone. */
  public Conv conv() {
    return new Conv(window, groups, bias);
  }

  /** Number of the input that is added; where there is one, it is the last. */
  public int residualInput() {
    return bias ? 3 : 2;
  }

  @Override
  public void infer(Infer s) {
    conv().infer(s);
    if (residual) {
      s.in(residualInput(), s.out(0), "what is added has the shape of the result");
    }
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Tensor y = Ops.call(conv(), e.inputs().subList(0, residualInput()).toArray(Tensor[]::new));
    Tensor sum = residual ? y.add(e.in(residualInput())) : y;
    return List.of(relu ? sum.relu() : sum);
  }
}

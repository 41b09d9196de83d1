package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.Arrays;

/**
 * The bias of an LSTM's four gates (input, forget, cell, output): 0, but {@code forgetBias} for the
 * forget gate, so that a new net remembers (Jozefowicz, Zaremba, Sutskever, ICML 2015).
 */
public record LstmBias(double forgetBias) implements Initializer {
  private static final int GATES = 4;

  /** A forget bias of 1. */
  public LstmBias() {
    this(1);
  }

  @Override
  public float[] values(Shape shape, Generator random) {
    float[] values = new float[Values.count(shape)];
    if (shape.rank() != 1 || values.length % GATES != 0) {
      throw new InvalidArgumentException(
          "LstmBias was asked to fill a parameter of shape " + shape,
          "the bias of an LSTM is (4 * hidden,), one value for each gate and hidden unit",
          "use it for i2h_bias or h2h_bias only");
    }
    int hidden = values.length / GATES;
    Arrays.fill(values, hidden, 2 * hidden, (float) forgetBias);
    return values;
  }

  @Override
  public String spec() {
    return new Spec("lstmbias").with("forget_bias", forgetBias).toString();
  }
}

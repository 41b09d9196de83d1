package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;
import java.util.Locale;

/**
 * For layers followed by a rectifier (He, Zhang, Ren, Sun: "Delving deep into rectifiers", ICCV
 * 2015): {@link Xavier}, Gaussian, of magnitude {@code 2 / (1 + slope²)}.
 *
 * @param factorType which fan counts
 * @param slope the rectifier's slope for negative inputs
 */
public record MSRAPrelu(Xavier.Fan factorType, double slope) implements Initializer {
  public MSRAPrelu {
    Values.requireFinite("MSRAPrelu", "slope", slope);
  }

  /** Average of both fans, slope 0.25. */
  public MSRAPrelu() {
    this(Xavier.Fan.AVG, 0.25);
  }

  /** With MXNet's word for the fan. */
  public MSRAPrelu(String factorType, double slope) {
    this(Values.constant(Xavier.Fan.class, "factor_type", factorType), slope);
  }

  @Override
  public float[] values(Shape shape, Generator random) {
    double magnitude = 2 / (1 + slope * slope);
    return new Xavier(Xavier.Distribution.GAUSSIAN, factorType, magnitude).values(shape, random);
  }

  @Override
  public String spec() {
    return new Spec("msraprelu")
        .with("factor_type", factorType.name().toLowerCase(Locale.ROOT))
        .with("slope", slope)
        .toString();
  }
}

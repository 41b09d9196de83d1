package io.gluonj.cuda.blas;

/** How exactly products of float32 are computed. Others accumulate in their own way always. */
public enum Precision {
  /** As written: no tensor cores, no algorithms that reorder across the inner extent. */
  PEDANTIC,
  /** Full float32 arithmetic in any order. */
  DEFAULT,
  /** Tensor cores with operands rounded to 10 bits of mantissa, accumulated in float32. */
  TF32;

  /** System property: {@code pedantic}, {@code default} or {@code tf32}. */
  public static final String PROPERTY = "gluonj.cuda.precision";

  /** What the property says; full float32 where it says nothing. */
  public static Precision stated() {
    String stated = System.getProperty(PROPERTY, "default");
    for (Precision precision : values()) {
      if (precision.name().equalsIgnoreCase(stated)) {
        return precision;
      }
    }
    throw new io.gluonj.types.InvalidArgumentException(
        "-D" + PROPERTY + "=" + stated + " was given",
        "it is not a precision",
        "use one of pedantic, default, tf32");
  }
}

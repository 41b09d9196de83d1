package io.gluonj.codegen;

import java.math.BigDecimal;
import java.math.MathContext;

/** The number pi to any precision. */
final class Pi {
  private static final int GUARD_DIGITS = 10;

  private Pi() {}

  /** Machin: {@code pi = 16 arctan(1/5) - 4 arctan(1/239)}. */
  static BigDecimal digits(MathContext precision) {
    MathContext digits = new MathContext(precision.getPrecision() + GUARD_DIGITS);
    return BigDecimal.valueOf(16)
        .multiply(arctanOfReciprocal(5, digits))
        .subtract(BigDecimal.valueOf(4).multiply(arctanOfReciprocal(239, digits)))
        .round(precision);
  }

  private static BigDecimal arctanOfReciprocal(long x, MathContext digits) {
    BigDecimal square = BigDecimal.valueOf(x * x);
    BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(x), digits);
    BigDecimal sum = power;
    BigDecimal least = BigDecimal.ONE.movePointLeft(digits.getPrecision());
    for (long n = 3; power.compareTo(least) > 0; n += 2) {
      power = power.divide(square, digits);
      BigDecimal term = power.divide(BigDecimal.valueOf(n), digits);
      sum = n % 4 == 3 ? sum.subtract(term) : sum.add(term);
    }
    return sum;
  }
}

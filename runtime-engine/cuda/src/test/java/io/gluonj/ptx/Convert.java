package io.gluonj.ptx;

import java.math.BigDecimal;
import java.util.Locale;

/** Conversions between any two types, with any rounding, as {@code cvt} defines them. */
final class Convert {
  /** How a value is rounded that the type does not hold; those that end in I give integers. */
  enum Rounding {
    NONE,
    RN,
    RZ,
    RM,
    RP,
    RNI,
    RZI,
    RMI,
    RPI;

    static Rounding of(Instruction one) {
      for (Rounding rounding : values()) {
        if (rounding != NONE && one.has(rounding.name().toLowerCase(Locale.ROOT))) {
          return rounding;
        }
      }
      return NONE;
    }
  }

  private Convert() {}

  /** Converts bits to bits. */
  static long general(
      long bits, PtxType from, PtxType to, Rounding rounding, boolean saturate, boolean flush) {
    if (!from.floating()) {
      return to.floating()
          ? fromExact(integer(bits, from), to, rounding)
          : clamp(integer(bits, from), to);
    }
    double value = number(bits, from);
    if (flush && from == PtxType.F32) {
      value = Floats.flush((float) value);
    }
    if (!to.floating()) {
      return toInteger(value, to, rounding);
    }
    double rounded = whole(value, rounding);
    if (saturate) {
      rounded = Floats.saturate(rounded);
    }
    long result = narrow(rounded, to, rounding);
    if (flush && to == PtxType.F32) {
      result = Float.floatToRawIntBits(Floats.flush(Float.intBitsToFloat((int) result)));
    }
    return result;
  }

  private static BigDecimal integer(long bits, PtxType from) {
    if (from.kind() == java.lang.classfile.TypeKind.INT) {
      return BigDecimal.valueOf(from.signed() ? (int) bits : bits & 0xFFFF_FFFFL);
    }
    return from.signed() ? BigDecimal.valueOf(bits) : new BigDecimal(Long.toUnsignedString(bits));
  }

  private static double number(long bits, PtxType from) {
    return switch (from) {
      case F16 -> Halves.fromF16((int) bits);
      case BF16 -> Halves.fromBf16((int) bits);
      case F32 -> Float.intBitsToFloat((int) bits);
      default -> Double.longBitsToDouble(bits);
    };
  }

  private static BigDecimal least(PtxType type) {
    return type.signed() ? BigDecimal.TWO.pow(8 * type.bytes() - 1).negate() : BigDecimal.ZERO;
  }

  private static BigDecimal greatest(PtxType type) {
    int bits = 8 * type.bytes() - (type.signed() ? 1 : 0);
    return BigDecimal.TWO.pow(bits).subtract(BigDecimal.ONE);
  }

  private static long clamp(BigDecimal value, PtxType to) {
    return value.max(least(to)).min(greatest(to)).toBigInteger().longValue();
  }

  /** NaN is 0, what is too large becomes the nearest integer of the type. */
  private static long toInteger(double value, PtxType to, Rounding rounding) {
    if (Double.isNaN(value)) {
      return 0;
    }
    if (Double.isInfinite(value)) {
      return (value > 0 ? greatest(to) : least(to)).toBigInteger().longValue();
    }
    return clamp(new BigDecimal(whole(value, rounding)), to);
  }

  private static double whole(double value, Rounding rounding) {
    return switch (rounding) {
      case RNI -> Math.rint(value);
      case RMI -> Math.floor(value);
      case RPI -> Math.ceil(value);
      case RZI -> value < 0 ? Math.ceil(value) : Math.floor(value);
      case NONE, RN, RZ, RM, RP -> value;
    };
  }

  private static long fromExact(BigDecimal value, PtxType to, Rounding rounding) {
    double nearest = value.doubleValue();
    int error = value.compareTo(new BigDecimal(nearest));
    if (to == PtxType.F64) {
      return Double.doubleToRawLongBits(direct(nearest, error, rounding));
    }
    return narrow(odd(nearest, error), to, rounding);
  }

  private static double direct(double nearest, int error, Rounding rounding) {
    boolean up = rounding == Rounding.RP || (rounding == Rounding.RZ && nearest < 0);
    boolean down = rounding == Rounding.RM || (rounding == Rounding.RZ && nearest > 0);
    if (up && error > 0) {
      return Math.nextUp(nearest);
    }
    return down && error < 0 ? Math.nextDown(nearest) : nearest;
  }

  /**
   * The value whose last digit is odd where it stands for one that is not exact: rounding it again
   * gives what rounding the exact value would give.
   */
  static double odd(double rounded, double error) {
    if (error == 0
        || Double.isNaN(error)
        || Double.isInfinite(rounded)
        || (Double.doubleToRawLongBits(rounded) & 1) != 0) {
      return rounded;
    }
    return error > 0 ? Math.nextUp(rounded) : Math.nextDown(rounded);
  }

  static float oddFloat(double value) {
    float rounded = (float) value;
    double error = value - rounded;
    if (error == 0
        || Double.isNaN(error)
        || (Float.floatToRawIntBits(rounded) & 1) != 0
        || Float.isInfinite(rounded)) {
      return rounded;
    }
    return error > 0 ? Math.nextUp(rounded) : Math.nextDown(rounded);
  }

  private static long narrow(double value, PtxType to, Rounding rounding) {
    return switch (to) {
      case F64 -> Double.doubleToRawLongBits(value);
      case F32 -> {
        float nearest = (float) value;
        yield Float.floatToRawIntBits(stepFloat(nearest, value, rounding)) & 0xFFFF_FFFFL;
      }
      case F16 -> half(value, Halves.toF16(oddFloat(value)), to, rounding);
      case BF16 -> half(value, Halves.toBf16(oddFloat(value)), to, rounding);
      default -> throw new PtxException("cvt to " + to.suffix() + " is not known");
    };
  }

  private static float stepFloat(float nearest, double value, Rounding rounding) {
    if (up(rounding, value) && nearest < value) {
      return Math.nextUp(nearest);
    }
    return down(rounding, value) && nearest > value ? Math.nextDown(nearest) : nearest;
  }

  private static boolean up(Rounding rounding, double value) {
    return rounding == Rounding.RP || (rounding == Rounding.RZ && value < 0);
  }

  private static boolean down(Rounding rounding, double value) {
    return rounding == Rounding.RM || (rounding == Rounding.RZ && value > 0);
  }

  /** Steps to the neighbour among halves where the rounding is directed. */
  private static long half(double value, int nearest, PtxType to, Rounding rounding) {
    double back = number(nearest, to);
    boolean negative = (nearest & 0x8000) != 0;
    if (up(rounding, value) && back < value) {
      return nearest == 0x8000 ? 1 : negative ? nearest - 1 : nearest + 1;
    }
    if (down(rounding, value) && back > value) {
      return nearest == 0 ? 0x8001 : negative ? nearest + 1 : nearest - 1;
    }
    return nearest;
  }
}

package io.gluonj.ptx;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Atomic operations on memory. Blocks may run in several threads, so they take a lock. */
final class Atomics {
  /** What is done to the old value. */
  enum Kind {
    ADD,
    AND,
    OR,
    XOR,
    EXCH,
    MIN,
    MAX,
    INC,
    DEC,
    CAS;

    static @Nullable Kind named(String modifier) {
      for (Kind kind : values()) {
        if (kind.name().toLowerCase(Locale.ROOT).equals(modifier)) {
          return kind;
        }
      }
      return null;
    }
  }

  private static final Object[] LOCKS = new Object[64];

  static {
    for (int i = 0; i < LOCKS.length; i++) {
      LOCKS[i] = new Object();
    }
  }

  private Atomics() {}

  /**
   * Performs one.
   *
   * @return the bits that stood there before
   */
  static long perform(long address, long b, long c, Kind kind, PtxType type) {
    synchronized (LOCKS[(int) (address >>> 3) & 63]) {
      long old =
          switch (type.bytes()) {
            case 2 -> Raw.get16(address);
            case 4 -> Raw.get32(address) & 0xFFFF_FFFFL;
            default -> Raw.get64(address);
          };
      long now = next(kind, type, old, b, c);
      switch (type.bytes()) {
        case 2 -> Raw.put16(address, (int) now);
        case 4 -> Raw.put32(address, (int) now);
        default -> Raw.put64(address, now);
      }
      return old;
    }
  }

  private static long next(Kind kind, PtxType type, long old, long b, long c) {
    return switch (kind) {
      case ADD -> add(type, old, b);
      case AND -> old & b;
      case OR -> old | b;
      case XOR -> old ^ b;
      case EXCH -> b;
      case MIN -> less(type, b, old) ? b : old;
      case MAX -> less(type, old, b) ? b : old;
      case INC -> Long.compareUnsigned(old, b) >= 0 ? 0 : old + 1;
      case DEC -> old == 0 || Long.compareUnsigned(old, b) > 0 ? b : old - 1;
      case CAS -> old == b ? c : old;
    };
  }

  private static long add(PtxType type, long a, long b) {
    return switch (type) {
      case F32 ->
          Float.floatToRawIntBits(
                  Float.intBitsToFloat((int) a) + Float.intBitsToFloat((int) b))
              & 0xFFFF_FFFFL;
      case F64 ->
          Double.doubleToRawLongBits(Double.longBitsToDouble(a) + Double.longBitsToDouble(b));
      case F16, BF16, F16X2, BF16X2 ->
          Halves.perform(Halves.ADD, (int) a, (int) b, 0, type) & 0xFFFF_FFFFL;
      default -> a + b;
    };
  }

  private static boolean less(PtxType type, long a, long b) {
    if (!type.signed()) {
      return Long.compareUnsigned(a, b) < 0;
    }
    return type.bytes() == 4 ? (int) a < (int) b : a < b;
  }
}

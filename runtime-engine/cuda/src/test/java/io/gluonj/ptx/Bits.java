package io.gluonj.ptx;

/** Integer instructions that are more than one operation of the JVM. */
final class Bits {
  private Bits() {}

  /** PTX leaves the quotient by 0 open; GPUs give all ones. */
  static int div(int a, int b) {
    return b == 0 ? -1 : a / b;
  }

  static int divU(int a, int b) {
    return b == 0 ? -1 : Integer.divideUnsigned(a, b);
  }

  static long div(long a, long b) {
    return b == 0 ? -1 : a / b;
  }

  static long divU(long a, long b) {
    return b == 0 ? -1 : Long.divideUnsigned(a, b);
  }

  static int rem(int a, int b) {
    return b == 0 ? a : a % b;
  }

  static int remU(int a, int b) {
    return b == 0 ? a : Integer.remainderUnsigned(a, b);
  }

  static long rem(long a, long b) {
    return b == 0 ? a : a % b;
  }

  static long remU(long a, long b) {
    return b == 0 ? a : Long.remainderUnsigned(a, b);
  }

  static int minU(int a, int b) {
    return Integer.compareUnsigned(a, b) < 0 ? a : b;
  }

  static long minU(long a, long b) {
    return Long.compareUnsigned(a, b) < 0 ? a : b;
  }

  static int maxU(int a, int b) {
    return Integer.compareUnsigned(a, b) > 0 ? a : b;
  }

  static long maxU(long a, long b) {
    return Long.compareUnsigned(a, b) > 0 ? a : b;
  }

  static int high(int a, int b) {
    return (int) (((long) a * b) >> 32);
  }

  static int highU(int a, int b) {
    return (int) (((a & 0xFFFF_FFFFL) * (b & 0xFFFF_FFFFL)) >>> 32);
  }

  static long high(long a, long b) {
    return Math.multiplyHigh(a, b);
  }

  static long highU(long a, long b) {
    return Math.unsignedMultiplyHigh(a, b);
  }

  static int distance(int a, int b) {
    return a < b ? b - a : a - b;
  }

  static int distanceU(int a, int b) {
    return Integer.compareUnsigned(a, b) < 0 ? b - a : a - b;
  }

  /** Shifts by more than the width give 0 or the sign, where the JVM takes the amount modulo it. */
  static int shl(int a, int by) {
    return by >>> 5 != 0 ? 0 : a << by;
  }

  static long shl(long a, int by) {
    return by >>> 6 != 0 ? 0 : a << by;
  }

  static int shrU(int a, int by) {
    return by >>> 5 != 0 ? 0 : a >>> by;
  }

  static long shrU(long a, int by) {
    return by >>> 6 != 0 ? 0 : a >>> by;
  }

  static int shr(int a, int by) {
    return a >> (by >>> 5 != 0 ? 31 : by);
  }

  static long shr(long a, int by) {
    return a >> (by >>> 6 != 0 ? 63 : by);
  }

  static int funnelLeft(int low, int high, int by, int clamp) {
    int n = clamp != 0 ? minU(by, 32) : by & 31;
    long both = ((long) high << 32) | (low & 0xFFFF_FFFFL);
    return n == 32 ? low : (int) ((both << n) >>> 32);
  }

  static int funnelRight(int low, int high, int by, int clamp) {
    int n = clamp != 0 ? minU(by, 32) : by & 31;
    long both = ((long) high << 32) | (low & 0xFFFF_FFFFL);
    return n == 32 ? high : (int) (both >>> n);
  }

  static int extractU(int a, int at, int length) {
    return (int) extractU(a & 0xFFFF_FFFFL, at, length);
  }

  static long extractU(long a, int at, int length) {
    int from = at & 0xFF;
    int count = length & 0xFF;
    long shifted = from > 63 ? 0 : a >>> from;
    return count > 63 ? shifted : shifted & ((1L << count) - 1);
  }

  static int extract(int a, int at, int length) {
    return (int) extract(a, at, length, 31);
  }

  static long extract(long a, int at, int length) {
    return extract(a, at, length, 63);
  }

  private static long extract(long a, int at, int length, int last) {
    int from = at & 0xFF;
    int count = length & 0xFF;
    if (count == 0) {
      return 0;
    }
    int signAt = Math.min(from + count - 1, last);
    long sign = -((a >>> signAt) & 1);
    if (from > last) {
      return sign;
    }
    long field = a >> from;
    int width = Math.min(count, last - from + 1);
    return width > 63 ? field : (field & ((1L << width) - 1)) | (sign << width);
  }

  static int insert(int field, int into, int at, int length) {
    return (int) insert(field & 0xFFFF_FFFFL, into & 0xFFFF_FFFFL, at, length);
  }

  static long insert(long field, long into, int at, int length) {
    int from = at & 0xFF;
    int count = length & 0xFF;
    if (from > 63 || count == 0) {
      return into;
    }
    long mask = (count > 63 ? -1L : (1L << count) - 1) << from;
    return (into & ~mask) | ((field << from) & mask);
  }

  /** PTX ISA, "prmt", without a mode. */
  static int permute(int a, int b, int selector) {
    long bytes = ((long) b << 32) | (a & 0xFFFF_FFFFL);
    int result = 0;
    for (int i = 0; i < 4; i++) {
      int select = (selector >>> (4 * i)) & 0xF;
      int one = (int) (bytes >>> (8 * (select & 7))) & 0xFF;
      if ((select & 8) != 0) {
        one = (one & 0x80) != 0 ? 0xFF : 0;
      }
      result |= one << (8 * i);
    }
    return result;
  }

  static int lookUp(int a, int b, int c, int table) {
    int result = 0;
    for (int i = 0; i < 8; i++) {
      if (((table >>> i) & 1) != 0) {
        result |= ((i & 4) != 0 ? a : ~a) & ((i & 2) != 0 ? b : ~b) & ((i & 1) != 0 ? c : ~c);
      }
    }
    return result;
  }

  static int findU(int a) {
    return a == 0 ? -1 : 31 - Integer.numberOfLeadingZeros(a);
  }

  static int findU(long a) {
    return a == 0 ? -1 : 63 - Long.numberOfLeadingZeros(a);
  }

  static int find(int a) {
    return findU(a < 0 ? ~a : a);
  }

  static int find(long a) {
    return findU(a < 0 ? ~a : a);
  }
}

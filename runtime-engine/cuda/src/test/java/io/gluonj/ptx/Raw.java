package io.gluonj.ptx;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Host memory by address. Addresses have been checked by {@link Lane}. */
final class Raw {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Raw() {}

  static int get8(long address) {
    return ALL.get(JAVA_BYTE, address) & 0xFF;
  }

  static int get16(long address) {
    return ALL.get(JAVA_SHORT_UNALIGNED, address) & 0xFFFF;
  }

  static int get32(long address) {
    return ALL.get(JAVA_INT_UNALIGNED, address);
  }

  static long get64(long address) {
    return ALL.get(JAVA_LONG_UNALIGNED, address);
  }

  static float getFloat(long address) {
    return ALL.get(JAVA_FLOAT_UNALIGNED, address);
  }

  static double getDouble(long address) {
    return ALL.get(JAVA_DOUBLE_UNALIGNED, address);
  }

  static void put8(long address, int value) {
    ALL.set(JAVA_BYTE, address, (byte) value);
  }

  static void put16(long address, int value) {
    ALL.set(JAVA_SHORT_UNALIGNED, address, (short) value);
  }

  static void put32(long address, int value) {
    ALL.set(JAVA_INT_UNALIGNED, address, value);
  }

  static void put64(long address, long value) {
    ALL.set(JAVA_LONG_UNALIGNED, address, value);
  }

  static void putFloat(long address, float value) {
    ALL.set(JAVA_FLOAT_UNALIGNED, address, value);
  }

  static void putDouble(long address, double value) {
    ALL.set(JAVA_DOUBLE_UNALIGNED, address, value);
  }

  static void fill(long address, long bytes, int value) {
    ALL.asSlice(address, bytes).fill((byte) value);
  }
}

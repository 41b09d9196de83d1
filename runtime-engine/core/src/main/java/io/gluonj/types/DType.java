package io.gluonj.types;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Element types, with the numeric codes of MXNet's files ({@code mshadow/base.h}). Names are
 * NumPy's.
 */
public enum DType {
  FLOAT32("float32", 0, 4, true),
  FLOAT64("float64", 1, 8, true),
  FLOAT16("float16", 2, 2, true),
  UINT8("uint8", 3, 1, false),
  INT32("int32", 4, 4, false),
  INT8("int8", 5, 1, false),
  INT64("int64", 6, 8, false),
  BOOL("bool", 7, 1, false),
  BFLOAT16("bfloat16", 12, 2, true);

  private final String numpyName;
  private final int code;
  private final int bytes;
  private final boolean floating;

  DType(String numpyName, int code, int bytes, boolean floating) {
    this.numpyName = numpyName;
    this.code = code;
    this.bytes = bytes;
    this.floating = floating;
  }

  /** NumPy's name, for example {@code float32}. */
  public String numpyName() {
    return numpyName;
  }

  /** The type flag in MXNet's {@code .params} files and {@code __dtype__} attributes. */
  public int code() {
    return code;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  public boolean isFloating() {
    return floating;
  }

  /** Finds a type by NumPy's name. */
  public static DType of(String numpyName) {
    for (DType type : values()) {
      if (type.numpyName.equals(numpyName)) {
        return type;
      }
    }
    throw new InvalidArgumentException(
        "dtype '" + numpyName + "' was asked for",
        "it is not a type this framework knows",
        "use one of "
            + Arrays.stream(values()).map(DType::numpyName).collect(Collectors.joining(", ")));
  }

  /**
   * The type of a result of two operands: a float wins over an integer, then the wider one wins;
   * float16 with bfloat16 gives float32; bool is the narrowest.
   */
  public static DType promote(DType a, DType b) {
    if (a == b) {
      return a;
    }
    if (a.floating != b.floating) {
      return a.floating ? a : b;
    }
    if (a.floating && a.bytes == b.bytes) {
      return FLOAT32;
    }
    if (a == BOOL || b == BOOL) {
      return a == BOOL ? b : a;
    }
    if (a.bytes == b.bytes) {
      return INT32; // int8 with uint8: neither holds the other
    }
    return a.bytes > b.bytes ? a : b;
  }

  /** Reads element {@code index} as a double (64-bit integers beyond 2^53 are rounded). */
  public double read(MemorySegment data, long index) {
    return switch (this) {
      case FLOAT32 -> data.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index);
      case FLOAT64 -> data.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, index);
      case FLOAT16 ->
          Float.float16ToFloat(data.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, index));
      case BFLOAT16 ->
          Float.intBitsToFloat(data.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, index) << 16);
      case UINT8 -> Byte.toUnsignedInt(data.get(ValueLayout.JAVA_BYTE, index));
      case INT8 -> data.get(ValueLayout.JAVA_BYTE, index);
      case BOOL -> data.get(ValueLayout.JAVA_BYTE, index) != 0 ? 1 : 0;
      case INT32 -> data.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, index);
      case INT64 -> data.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, index);
    };
  }

  /**
   * Writes {@code value} as element {@code index}; integers truncate towards zero, bool is != 0.
   */
  public void write(MemorySegment data, long index, double value) {
    switch (this) {
      case FLOAT32 -> data.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index, (float) value);
      case FLOAT64 -> data.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, index, value);
      case FLOAT16 ->
          data.setAtIndex(
              ValueLayout.JAVA_SHORT_UNALIGNED, index, Float.floatToFloat16((float) value));
      case BFLOAT16 ->
          data.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, index, bfloat16((float) value));
      case UINT8, INT8 -> data.set(ValueLayout.JAVA_BYTE, index, (byte) (long) value);
      case BOOL -> data.set(ValueLayout.JAVA_BYTE, index, (byte) (value != 0 ? 1 : 0));
      case INT32 -> data.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, index, (int) value);
      case INT64 -> data.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, index, (long) value);
    }
  }

  /** Rounds to nearest, ties to even; NaN stays NaN. */
  private static short bfloat16(float value) {
    if (Float.isNaN(value)) {
      return (short) 0x7fc0;
    }
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  @Override
  public String toString() {
    return numpyName;
  }
}

package io.gluonj.ptx;

import java.lang.classfile.TypeKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fundamental types of PTX and how the JVM holds a value of each. */
enum PtxType {
  PRED(1, Sort.BITS, TypeKind.INT),
  B8(1, Sort.BITS, TypeKind.INT),
  U8(1, Sort.UNSIGNED, TypeKind.INT),
  S8(1, Sort.SIGNED, TypeKind.INT),
  B16(2, Sort.BITS, TypeKind.INT),
  U16(2, Sort.UNSIGNED, TypeKind.INT),
  S16(2, Sort.SIGNED, TypeKind.INT),
  F16(2, Sort.FLOAT, TypeKind.INT),
  BF16(2, Sort.FLOAT, TypeKind.INT),
  B32(4, Sort.BITS, TypeKind.INT),
  U32(4, Sort.UNSIGNED, TypeKind.INT),
  S32(4, Sort.SIGNED, TypeKind.INT),
  F32(4, Sort.FLOAT, TypeKind.FLOAT),
  F16X2(4, Sort.FLOAT, TypeKind.INT),
  BF16X2(4, Sort.FLOAT, TypeKind.INT),
  B64(8, Sort.BITS, TypeKind.LONG),
  U64(8, Sort.UNSIGNED, TypeKind.LONG),
  S64(8, Sort.SIGNED, TypeKind.LONG),
  F64(8, Sort.FLOAT, TypeKind.DOUBLE);

  private enum Sort {
    BITS,
    UNSIGNED,
    SIGNED,
    FLOAT
  }

  private static final Map<String, PtxType> BY_NAME = new HashMap<>();

  static {
    for (PtxType type : values()) {
      BY_NAME.put(type.suffix(), type);
    }
  }

  private final int bytes;
  private final Sort sort;
  private final TypeKind kind;

  PtxType(int bytes, Sort sort, TypeKind kind) {
    this.bytes = bytes;
    this.sort = sort;
    this.kind = kind;
  }

  /** The type of this name, without the dot; null if there is none. */
  static @Nullable PtxType named(String suffix) {
    return BY_NAME.get(suffix);
  }

  String suffix() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  int bytes() {
    return bytes;
  }

  /**
   * Values of fewer than 32 bits are ints: extended by sign where the type is signed, by zeros
   * otherwise; half precision is its bits.
   */
  TypeKind kind() {
    return kind;
  }

  boolean signed() {
    return sort == Sort.SIGNED;
  }

  boolean floating() {
    return sort == Sort.FLOAT;
  }

  /** Half precision, held as bits, alone or in pairs. */
  boolean half() {
    return this == F16 || this == BF16 || packed();
  }

  boolean packed() {
    return this == F16X2 || this == BF16X2;
  }
}

package io.gluonj.codegen;

import io.gluonj.types.DType;

/** The type a kernel computes in, in LLVM's words. */
enum FloatType {
  F32("float", "f32"),
  F64("double", "f64");

  private final String ir;
  private final String suffix;

  FloatType(String ir, String suffix) {
    this.ir = ir;
    this.suffix = suffix;
  }

  static FloatType of(DType compute) {
    return compute == DType.FLOAT32 ? F32 : F64;
  }

  /** The type's name. */
  String ir() {
    return ir;
  }

  /** The elements that need no conversion. */
  DType dtype() {
    return this == F32 ? DType.FLOAT32 : DType.FLOAT64;
  }

  /** Size of an element. */
  int bytes() {
    return this == F32 ? Float.BYTES : Double.BYTES;
  }

  /** What the names of intrinsics end in. */
  String suffix() {
    return suffix;
  }

  /** A constant of this type, rounded to it; LLVM writes both types as the bits of a double. */
  String constant(double value) {
    double rounded = this == F32 ? (float) value : value;
    return "0x%016X".formatted(Double.doubleToRawLongBits(rounded));
  }
}

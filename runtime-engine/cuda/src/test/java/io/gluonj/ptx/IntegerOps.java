package io.gluonj.ptx;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** Integer arithmetic. */
final class IntegerOps {
  private IntegerOps() {}

  static void emit(Code code, Instruction one) {
    PtxType type = one.type();
    if (one.has("cc") || one.has("sat")) {
      throw one.unsupported("carries and saturation");
    }
    switch (one.op()) {
      case "mul", "mul24" -> multiply(code, one, type);
      case "mad", "mad24" -> {
        PtxType result = multiplyOnly(code, one, type);
        code.push(one.operand(3), result);
        if (result.kind() == TypeKind.LONG) {
          code.builder().ladd();
        } else {
          code.builder().iadd();
        }
        code.narrow(result);
        code.pop(one.operand(0), result);
      }
      case "neg", "abs" -> {
        code.push(one.operand(1), type);
        if (one.op().equals("abs")) {
          code.invoke(Math.class, "abs", type.kind(), 1);
        } else if (type.kind() == TypeKind.LONG) {
          code.builder().lneg();
        } else {
          code.builder().ineg();
        }
        code.narrow(type);
        code.pop(one.operand(0), type);
      }
      default -> binary(code, one, type);
    }
  }

  private static void binary(Code code, Instruction one, PtxType type) {
    code.push(one.operand(1), type);
    code.push(one.operand(2), type);
    CodeBuilder builder = code.builder();
    boolean wide = type.kind() == TypeKind.LONG;
    switch (one.op()) {
      case "add" -> {
        if (wide) {
          builder.ladd();
        } else {
          builder.iadd();
        }
      }
      case "sub" -> {
        if (wide) {
          builder.lsub();
        } else {
          builder.isub();
        }
      }
      case "div" -> code.invoke(Bits.class, type.signed() ? "div" : "divU", type.kind(), 2);
      case "rem" -> code.invoke(Bits.class, type.signed() ? "rem" : "remU", type.kind(), 2);
      case "min" ->
          code.invoke(
              type.signed() ? Math.class : Bits.class,
              type.signed() ? "min" : "minU",
              type.kind(),
              2);
      case "max" ->
          code.invoke(
              type.signed() ? Math.class : Bits.class,
              type.signed() ? "max" : "maxU",
              type.kind(),
              2);
      case "sad" -> {
        code.invoke(Bits.class, type.signed() ? "distance" : "distanceU", "(II)I");
        code.push(one.operand(3), type);
        builder.iadd();
      }
      default -> throw one.unsupported("integers do not have it");
    }
    code.narrow(type);
    code.pop(one.operand(0), type);
  }

  private static void multiply(Code code, Instruction one, PtxType type) {
    PtxType result = multiplyOnly(code, one, type);
    code.pop(one.operand(0), result);
  }

  /** Leaves the product on the stack and says what type it has. */
  private static PtxType multiplyOnly(Code code, Instruction one, PtxType type) {
    CodeBuilder builder = code.builder();
    if (one.op().endsWith("24")) {
      throw one.unsupported("products of 24 bits");
    }
    if (one.has("wide")) {
      PtxType twice =
          type.bytes() == 4
              ? (type.signed() ? PtxType.S64 : PtxType.U64)
              : (type.signed() ? PtxType.S32 : PtxType.U32);
      code.push(one.operand(1), type);
      code.convert(type, twice.kind());
      code.push(one.operand(2), type);
      code.convert(type, twice.kind());
      if (twice.kind() == TypeKind.LONG) {
        builder.lmul();
      } else {
        builder.imul();
      }
      return twice;
    }
    code.push(one.operand(1), type);
    code.push(one.operand(2), type);
    if (one.has("hi") && type.bytes() < 4) {
      // both are extended to 32 bits, and so is the whole product
      builder.imul();
      builder.loadConstant(8 * type.bytes());
      builder.ishr();
    } else if (one.has("hi")) {
      code.invoke(Bits.class, type.signed() ? "high" : "highU", type.kind(), 2);
    } else if (type.kind() == TypeKind.LONG) {
      builder.lmul();
    } else {
      builder.imul();
    }
    code.narrow(type);
    return type;
  }
}

package io.gluonj.ptx;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/**
 * Arithmetic on f32 and f64. Round to nearest is the JVM's own; the approximate instructions give
 * the exactly rounded value, which lies within what PTX allows them.
 */
final class FloatOps {
  private FloatOps() {}

  static void emit(Code code, Instruction one) {
    PtxType type = one.type();
    if (one.has("rz") || one.has("rm") || one.has("rp")) {
      throw one.unsupported("only rounding to nearest");
    }
    for (int i = 1; i < one.operands().size(); i++) {
      code.push(one.operand(i), type);
      flush(code, one, type);
    }
    compute(code, one, type);
    flush(code, one, type);
    if (one.has("sat")) {
      code.invoke(Floats.class, "saturate", type.kind(), 1);
    }
    code.pop(one.operand(0), type);
  }

  private static void flush(Code code, Instruction one, PtxType type) {
    if (one.has("ftz")) {
      code.invoke(Floats.class, "flush", type.kind(), 1);
    }
  }

  private static void compute(Code code, Instruction one, PtxType type) {
    CodeBuilder builder = code.builder();
    boolean wide = type.kind() == TypeKind.DOUBLE;
    switch (one.op()) {
      case "add" -> {
        if (wide) {
          builder.dadd();
        } else {
          builder.fadd();
        }
      }
      case "sub" -> {
        if (wide) {
          builder.dsub();
        } else {
          builder.fsub();
        }
      }
      case "mul" -> {
        if (wide) {
          builder.dmul();
        } else {
          builder.fmul();
        }
      }
      case "div" -> {
        if (wide) {
          builder.ddiv();
        } else {
          builder.fdiv();
        }
      }
      case "neg" -> {
        if (wide) {
          builder.dneg();
        } else {
          builder.fneg();
        }
      }
      case "fma", "mad" -> code.invoke(Math.class, "fma", type.kind(), 3);
      case "abs" -> code.invoke(Math.class, "abs", type.kind(), 1);
      case "min", "max" -> {
        if (one.has("xorsign")) {
          throw one.unsupported("xorsign");
        }
        code.invoke(one.has("NaN") ? Math.class : Floats.class, one.op(), type.kind(), 2);
      }
      case "copysign" -> code.invoke(Floats.class, "copySign", type.kind(), 2);
      case "sqrt", "rsqrt", "rcp", "ex2", "lg2", "sin", "cos", "tanh" ->
          code.invoke(Floats.class, one.op(), type.kind(), 1);
      default -> throw one.unsupported("floating point numbers do not have it");
    }
  }
}

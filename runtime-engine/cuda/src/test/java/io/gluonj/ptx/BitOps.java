package io.gluonj.ptx;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** Logic, shifts and bit fields. */
final class BitOps {
  private BitOps() {}

  static void logic(Code code, Instruction one) {
    PtxType type = one.type();
    boolean wide = type.kind() == TypeKind.LONG;
    CodeBuilder builder = code.builder();
    code.push(one.operand(1), type);
    switch (one.op()) {
      case "not" -> {
        if (type == PtxType.PRED) {
          builder.iconst_1().ixor();
        } else if (wide) {
          builder.loadConstant(-1L).lxor();
        } else {
          builder.iconst_m1().ixor();
        }
      }
      case "cnot" -> throw one.unsupported("LLVM does not write it");
      case "shl", "shr" -> {
        code.push(one.operand(2), PtxType.U32);
        String letter = wide ? "J" : "I";
        String name = one.op().equals("shl") ? "shl" : type.signed() ? "shr" : "shrU";
        code.invoke(Bits.class, name, "(" + letter + "I)" + letter);
      }
      default -> {
        code.push(one.operand(2), type);
        switch (one.op()) {
          case "and" -> {
            if (wide) {
              builder.land();
            } else {
              builder.iand();
            }
          }
          case "or" -> {
            if (wide) {
              builder.lor();
            } else {
              builder.ior();
            }
          }
          default -> {
            if (wide) {
              builder.lxor();
            } else {
              builder.ixor();
            }
          }
        }
      }
    }
    code.narrow(type);
    code.pop(one.operand(0), type);
  }

  static void emit(Code code, Instruction one) {
    PtxType type = one.type();
    String letter = type.kind() == TypeKind.LONG ? "J" : "I";
    String sign = type.signed() ? "" : "U";
    PtxType result = type;
    switch (one.op()) {
      case "prmt" -> {
        if (one.modifiers().size() > 1) {
          throw one.unsupported("modes of prmt");
        }
        arguments(code, one, PtxType.B32, PtxType.B32, PtxType.B32);
        code.invoke(Bits.class, "permute", "(III)I");
      }
      case "lop3" -> {
        arguments(code, one, PtxType.B32, PtxType.B32, PtxType.B32, PtxType.B32);
        code.invoke(Bits.class, "lookUp", "(IIII)I");
      }
      case "shf" -> {
        arguments(code, one, PtxType.B32, PtxType.B32, PtxType.U32);
        code.builder().loadConstant(one.has("clamp") ? 1 : 0);
        code.invoke(Bits.class, one.has("l") ? "funnelLeft" : "funnelRight", "(IIII)I");
      }
      case "bfe" -> {
        arguments(code, one, type, PtxType.U32, PtxType.U32);
        code.invoke(Bits.class, "extract" + sign, "(" + letter + "II)" + letter);
      }
      case "bfi" -> {
        arguments(code, one, type, type, PtxType.U32, PtxType.U32);
        code.invoke(Bits.class, "insert", "(" + letter + letter + "II)" + letter);
      }
      case "brev" -> {
        arguments(code, one, type);
        code.invoke(owner(type), "reverse", "(" + letter + ")" + letter);
      }
      case "popc", "clz", "bfind" -> {
        arguments(code, one, type);
        result = PtxType.U32;
        switch (one.op()) {
          case "popc" -> code.invoke(owner(type), "bitCount", "(" + letter + ")I");
          case "clz" -> code.invoke(owner(type), "numberOfLeadingZeros", "(" + letter + ")I");
          default -> {
            if (one.has("shiftamt")) {
              throw one.unsupported("shift amounts");
            }
            code.invoke(Bits.class, "find" + sign, "(" + letter + ")I");
          }
        }
      }
      default -> throw one.unsupported("the instruction has no translation");
    }
    code.pop(one.operand(0), result);
  }

  private static Class<?> owner(PtxType type) {
    return type.kind() == TypeKind.LONG ? Long.class : Integer.class;
  }

  private static void arguments(Code code, Instruction one, PtxType... types) {
    for (int i = 0; i < types.length; i++) {
      code.push(one.operand(i + 1), types[i]);
    }
  }
}

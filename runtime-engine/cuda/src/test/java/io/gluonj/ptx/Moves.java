package io.gluonj.ptx;

import java.lang.classfile.TypeKind;
import java.util.List;

/** Moves, and conversions of addresses. */
final class Moves {
  private Moves() {}

  static void mov(Code code, Instruction one) {
    PtxType type = one.type();
    Operand to = one.operand(0);
    Operand from = one.operand(1);
    if (to instanceof Operand.Group(List<Operand> parts)) {
      unpack(code, parts, from, type, one);
    } else if (from instanceof Operand.Group(List<Operand> parts)) {
      pack(code, to, parts, type, one);
    } else {
      code.push(from, type);
      code.pop(to, type);
    }
  }

  private static PtxType part(PtxType whole, int count, Instruction one) {
    return switch (whole.bytes() / count) {
      case 1 -> PtxType.B8;
      case 2 -> PtxType.B16;
      case 4 -> PtxType.B32;
      default -> throw one.unsupported("parts of " + whole.bytes() + " / " + count + " bytes");
    };
  }

  private static void unpack(
      Code code, List<Operand> parts, Operand from, PtxType type, Instruction one) {
    PtxType part = part(type, parts.size(), one);
    code.push(from, type);
    code.convert(type, TypeKind.LONG);
    for (int i = 0; i < parts.size(); i++) {
      code.builder().dup2();
      code.builder().loadConstant(8 * part.bytes() * i).lushr().l2i();
      code.narrow(part);
      code.pop(parts.get(i), part);
    }
    code.builder().pop2();
  }

  private static void pack(
      Code code, Operand to, List<Operand> parts, PtxType type, Instruction one) {
    PtxType part = part(type, parts.size(), one);
    code.builder().lconst_0();
    for (int i = 0; i < parts.size(); i++) {
      code.push(parts.get(i), part);
      code.convert(part, TypeKind.LONG);
      code.builder().loadConstant(8 * part.bytes() * i).lshl().lor();
    }
    code.convert(PtxType.B64, type.kind());
    code.pop(to, type);
  }

  /** {@code cvta} makes an address generic, {@code cvta.to} one of its space. */
  static void cvta(Code code, Instruction one) {
    PtxType type = one.type();
    code.push(one.operand(1), type);
    long window = window(one);
    if (window != 0) {
      if (type.kind() != TypeKind.LONG) {
        throw one.unsupported("generic addresses have 64 bits");
      }
      code.builder().loadConstant(window);
      if (one.has("to")) {
        code.builder().lsub();
      } else {
        code.builder().ladd();
      }
    }
    code.pop(one.operand(0), type);
  }

  private static long window(Instruction one) {
    for (String modifier : one.modifiers()) {
      Space space = Space.named(modifier);
      if (space != null) {
        return switch (space) {
          case SHARED -> Space.SHARED_WINDOW;
          case LOCAL -> Space.LOCAL_WINDOW;
          case GLOBAL, CONST, GENERIC -> 0;
          case PARAM -> throw one.unsupported("addresses of parameters");
        };
      }
    }
    throw one.unsupported("it names no space");
  }

  static void isspacep(Code code, Instruction one) {
    code.push(one.operand(1), PtxType.B64);
    code.builder().loadConstant(61).lushr().l2i();
    code.builder().loadConstant((int) (window(one) >>> 61));
    code.builder()
        .ifThenElse(
            java.lang.classfile.Opcode.IF_ICMPEQ, yes -> yes.iconst_1(), no -> no.iconst_0());
    code.pop(one.operand(0), PtxType.PRED);
  }
}

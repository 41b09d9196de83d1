package io.gluonj.ptx;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.List;

/** The instruction {@code cvt}: common cases in place, all others by {@link Convert}. */
final class Conversions {
  private static final String GENERAL =
      "(JLio/gluonj/ptx/PtxType;Lio/gluonj/ptx/PtxType;Lio/gluonj/ptx/Convert$Rounding;ZZ)J";

  private Conversions() {}

  static void emit(Code code, Instruction one) {
    List<PtxType> types = one.types();
    if (types.size() != 2) {
      throw one.unsupported("two types were expected");
    }
    PtxType to = types.get(0);
    PtxType from = types.get(1);
    if (to.packed()) {
      packed(code, one, to, from);
      return;
    }
    code.push(one.operand(1), from);
    if (!simple(code, one, to, from)) {
      code.convert(from, TypeKind.LONG);
      code.constant(from);
      code.constant(to);
      code.constant(Convert.Rounding.of(one));
      code.builder()
          .loadConstant(one.has("sat") ? 1 : 0)
          .loadConstant(one.has("ftz") ? 1 : 0);
      code.invoke(Convert.class, "general", GENERAL);
      code.convert(PtxType.B64, to.kind());
    }
    code.pop(one.operand(0), to);
  }

  private static boolean simple(Code code, Instruction one, PtxType to, PtxType from) {
    if (one.has("sat") || one.has("ftz")) {
      return false;
    }
    CodeBuilder builder = code.builder();
    Convert.Rounding rounding = Convert.Rounding.of(one);
    if (!from.floating() && !to.floating()) {
      code.convert(from, to.kind());
      code.narrow(to);
      return true;
    }
    if (from.kind() == TypeKind.FLOAT && to == PtxType.F64) {
      builder.f2d();
      return rounding == Convert.Rounding.NONE || unsuitable(one);
    }
    if (rounding == Convert.Rounding.RN) {
      if (from == PtxType.F64 && to == PtxType.F32) {
        builder.d2f();
        return true;
      }
      if (from == PtxType.F32 && (to == PtxType.F16 || to == PtxType.BF16)) {
        code.invoke(Halves.class, to == PtxType.F16 ? "toF16" : "toBf16", "(F)I");
        return true;
      }
      boolean exact = from.bytes() < 4 || from == PtxType.S32;
      if (!from.floating() && exact && (to == PtxType.F32 || to == PtxType.F64)) {
        if (to == PtxType.F32) {
          builder.i2f();
        } else {
          builder.i2d();
        }
        return true;
      }
    }
    if (from.half() && to == PtxType.F32 && rounding == Convert.Rounding.NONE) {
      HalfOps.widen(code, from);
      return true;
    }
    if (rounding == Convert.Rounding.RZI && from == PtxType.F32 && to == PtxType.S32) {
      builder.f2i();
      return true;
    }
    return false;
  }

  private static boolean unsuitable(Instruction one) {
    throw one.unsupported("a rounding where none is needed");
  }

  /** {@code cvt.rn.f16x2.f32 d, high, low}. */
  private static void packed(Code code, Instruction one, PtxType to, PtxType from) {
    boolean rn = Convert.Rounding.of(one) == Convert.Rounding.RN;
    if (from != PtxType.F32 || !rn || one.has("relu") || one.has("satfinite")) {
      throw one.unsupported("only cvt.rn from two f32");
    }
    String half = to == PtxType.F16X2 ? "toF16" : "toBf16";
    code.push(one.operand(1), PtxType.F32);
    code.invoke(Halves.class, half, "(F)I");
    code.builder().loadConstant(16).ishl();
    code.push(one.operand(2), PtxType.F32);
    code.invoke(Halves.class, half, "(F)I");
    code.builder().ior();
    code.pop(one.operand(0), to);
  }
}

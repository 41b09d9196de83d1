package io.gluonj.ptx;

/** Arithmetic on f16 and bf16. */
final class HalfOps {
  private HalfOps() {}

  static void emit(Code code, Instruction one) {
    PtxType type = one.type();
    int operation =
        switch (one.op()) {
          case "add" -> Halves.ADD;
          case "sub" -> Halves.SUB;
          case "mul" -> Halves.MUL;
          case "fma" -> Halves.FMA;
          case "min" -> one.has("NaN") ? Halves.MIN_NAN : Halves.MIN;
          case "max" -> one.has("NaN") ? Halves.MAX_NAN : Halves.MAX;
          case "neg" -> Halves.NEG;
          case "abs" -> Halves.ABS;
          case "ex2" -> Halves.EX2;
          case "tanh" -> Halves.TANH;
          default -> throw one.unsupported("half precision does not have it");
        };
    if (one.has("ftz") || one.has("sat") || one.has("relu") || one.has("xorsign")) {
      throw one.unsupported("modifiers of half precision");
    }
    code.builder().loadConstant(operation);
    for (int i = 1; i <= 3; i++) {
      if (i < one.operands().size()) {
        code.push(one.operand(i), type);
      } else {
        code.builder().iconst_0();
      }
    }
    code.constant(type);
    code.invoke(Halves.class, "perform", "(IIIILio/gluonj/ptx/PtxType;)I");
    code.pop(one.operand(0), type);
  }

  /** Makes f32 of the half on the stack. */
  static void widen(Code code, PtxType type) {
    code.invoke(Halves.class, type == PtxType.F16 ? "fromF16" : "fromBf16", "(I)F");
  }
}

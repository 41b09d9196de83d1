package io.gluonj.ptx;

/** The one switch over all instructions that compute or touch memory. */
final class Emitter {
  private Emitter() {}

  static void emit(Code code, Instruction one) {
    switch (one.op()) {
      case "mov" -> Moves.mov(code, one);
      case "cvta" -> Moves.cvta(code, one);
      case "isspacep" -> Moves.isspacep(code, one);
      case "prmt", "lop3", "shf", "bfe", "bfi", "popc", "clz", "brev", "bfind", "bmsk" ->
          BitOps.emit(code, one);
      case "and", "or", "xor", "not", "cnot", "shl", "shr" -> BitOps.logic(code, one);
      case "add",
          "sub",
          "mul",
          "mad",
          "fma",
          "div",
          "rem",
          "neg",
          "abs",
          "min",
          "max",
          "sad",
          "mul24",
          "mad24",
          "copysign" -> {
        if (one.type().half()) {
          HalfOps.emit(code, one);
        } else if (one.type().floating()) {
          FloatOps.emit(code, one);
        } else {
          IntegerOps.emit(code, one);
        }
      }
      case "sqrt", "rsqrt", "rcp", "ex2", "lg2", "sin", "cos", "tanh" -> {
        if (one.type().half()) {
          HalfOps.emit(code, one);
        } else {
          FloatOps.emit(code, one);
        }
      }
      case "setp", "set" -> Comparisons.set(code, one);
      case "selp" -> Comparisons.selp(code, one);
      case "slct" -> Comparisons.slct(code, one);
      case "testp" -> Comparisons.testp(code, one);
      case "cvt" -> Conversions.emit(code, one);
      case "ld", "ldu" -> MemoryOps.load(code, one);
      case "st" -> MemoryOps.store(code, one);
      case "atom", "red" -> MemoryOps.atom(code, one);
      case "activemask" -> {
        code.lane();
        code.onLane("activemask", "()I");
        code.pop(one.operand(0), PtxType.B32);
      }
      // Lanes run one after another, so that memory is always in order.
      case "membar", "fence", "prefetch", "prefetchu", "nanosleep", "discard" -> {}
      case ControlFlow.RESUME -> Collectives.resume(code, one);
      default -> throw one.unsupported("the instruction has no translation");
    }
  }
}

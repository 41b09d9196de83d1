package io.gluonj.ptx;

import java.util.List;

/** Instructions at which lanes wait for each other. */
final class Collectives {
  private Collectives() {}

  static void emit(Code code, Instruction one) {
    switch (one.op()) {
      case "bar", "barrier" -> barrier(code, one);
      case "shfl" -> shuffle(code, one);
      case "vote" -> vote(code, one);
      case "match" -> match(code, one);
      default -> throw one.unsupported("lanes do not wait at it");
    }
  }

  private static void barrier(Code code, Instruction one) {
    List<Operand> operands = one.operands();
    code.lane();
    if (one.has("warp")) {
      code.builder().lconst_0().iconst_0().iconst_0();
      code.push(one.operand(0), PtxType.B32);
      finish(code, one, Wait.WARP, "(JIIILio/gluonj/ptx/Wait;I)V", "collective");
      return;
    }
    if (one.has("red")) {
      // bar.red.popc.u32 d, a{, b}, {!}c; bar.red.{and,or}.pred p, a{, b}, {!}c
      code.push(one.operand(1), PtxType.B32);
      count(code, operands.size() > 3 ? operands.get(2) : null);
      code.push(operands.getLast(), PtxType.PRED);
      Wait wait =
          one.has("popc")
              ? Wait.BARRIER_COUNT
              : one.has("and") ? Wait.BARRIER_AND : Wait.BARRIER_OR;
      finish(code, one, wait, "(IIILio/gluonj/ptx/Wait;I)V", "barrier");
      return;
    }
    if (!one.has("sync")) {
      throw one.unsupported("only barriers at which all wait");
    }
    code.push(one.operand(0), PtxType.B32);
    count(code, operands.size() > 1 ? operands.get(1) : null);
    code.builder().iconst_0();
    finish(code, one, Wait.BARRIER, "(IIILio/gluonj/ptx/Wait;I)V", "barrier");
  }

  private static void count(Code code, @org.jspecify.annotations.Nullable Operand count) {
    if (count == null) {
      code.builder().iconst_0();
    } else {
      code.push(count, PtxType.B32);
    }
  }

  private static void shuffle(Code code, Instruction one) {
    if (!one.has("sync")) {
      throw one.unsupported("without .sync it is not defined for sm_70 and newer");
    }
    code.lane();
    code.push(one.operand(1), PtxType.B32);
    code.builder().i2l();
    code.push(one.operand(2), PtxType.B32);
    code.push(one.operand(3), PtxType.B32);
    code.push(one.operand(4), PtxType.B32);
    Wait wait =
        one.has("up")
            ? Wait.SHUFFLE_UP
            : one.has("down")
                ? Wait.SHUFFLE_DOWN
                : one.has("bfly") ? Wait.SHUFFLE_BUTTERFLY : Wait.SHUFFLE_INDEX;
    finish(code, one, wait, "(JIIILio/gluonj/ptx/Wait;I)V", "collective");
  }

  private static void vote(Code code, Instruction one) {
    code.lane();
    code.push(one.operand(1), PtxType.PRED);
    code.builder().i2l().iconst_0().iconst_0();
    code.push(one.operand(2), PtxType.B32);
    Wait wait =
        one.has("ballot")
            ? Wait.VOTE_BALLOT
            : one.has("all") ? Wait.VOTE_ALL : one.has("any") ? Wait.VOTE_ANY : Wait.VOTE_UNIFORM;
    finish(code, one, wait, "(JIIILio/gluonj/ptx/Wait;I)V", "collective");
  }

  private static void match(Code code, Instruction one) {
    code.lane();
    code.push(one.operand(1), one.type());
    code.convert(one.type(), java.lang.classfile.TypeKind.LONG);
    code.builder().iconst_0().iconst_0();
    code.push(one.operand(2), PtxType.B32);
    Wait wait = one.has("any") ? Wait.MATCH_ANY : Wait.MATCH_ALL;
    finish(code, one, wait, "(JIIILio/gluonj/ptx/Wait;I)V", "collective");
  }

  private static void finish(
      Code code, Instruction one, Wait wait, String descriptor, String method) {
    code.constant(wait);
    code.builder().loadConstant(code.site(one));
    code.onLane(method, descriptor);
  }

  /** Takes the results of the exchange when the lane goes on. */
  static void resume(Code code, Instruction one) {
    Operand result = one.operand(0);
    if (result instanceof Operand.Pair(Operand value, Operand predicate)) {
      take(code, value, false);
      take(code, predicate, true);
    } else {
      take(code, result, result instanceof Operand.Reg r && r.type() == PtxType.PRED);
    }
  }

  private static void take(Code code, Operand to, boolean predicate) {
    code.lane();
    if (predicate) {
      code.builder()
          .getfield(Code.LANE, "predicate", java.lang.constant.ConstantDescs.CD_int);
      code.pop(to, PtxType.PRED);
    } else {
      code.builder().getfield(Code.LANE, "result", java.lang.constant.ConstantDescs.CD_long);
      code.builder().l2i();
      code.pop(to, PtxType.B32);
    }
  }
}

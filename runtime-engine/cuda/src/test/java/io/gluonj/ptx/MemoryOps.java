package io.gluonj.ptx;

import java.lang.classfile.TypeKind;
import java.util.List;

/** Loads, stores and atomic operations. */
final class MemoryOps {
  private MemoryOps() {}

  private static Space space(Instruction one) {
    for (String modifier : one.modifiers()) {
      Space space = Space.named(modifier);
      if (space != null) {
        return space;
      }
    }
    return Space.GENERIC;
  }

  /** Leaves a checked host address on the stack. */
  private static void address(Code code, Instruction one, Operand operand, int bytes) {
    if (!(operand instanceof Operand.Address address)) {
      throw one.unsupported("an address in brackets was expected");
    }
    Space space = space(one);
    if (address.base() instanceof Operand.Place place && space == Space.PARAM) {
      space = place.space(); // of a call, where it lies in the lane's memory
    }
    code.lane();
    code.push(address, PtxType.B64);
    code.builder().loadConstant(bytes).loadConstant(code.site(one));
    String method =
        switch (space) {
          case GENERIC -> "generic";
          case GLOBAL, CONST -> "global";
          case SHARED -> "shared";
          case LOCAL -> "local";
          case PARAM -> "param";
        };
    code.onLane(method, "(JII)J");
  }

  private static List<Operand> elements(Operand operand) {
    return operand instanceof Operand.Group(List<Operand> elements) ? elements : List.of(operand);
  }

  static void load(Code code, Instruction one) {
    PtxType type = one.type();
    List<Operand> to = elements(one.operand(0));
    address(code, one, one.operand(1), type.bytes() * to.size());
    for (int i = 0; i < to.size(); i++) {
      if (i + 1 < to.size()) {
        code.builder().dup2();
      }
      step(code, i * type.bytes());
      get(code, type);
      code.pop(to.get(i), type);
    }
  }

  private static void step(Code code, int bytes) {
    if (bytes != 0) {
      code.builder().loadConstant((long) bytes).ladd();
    }
  }

  private static void get(Code code, PtxType type) {
    switch (type.kind()) {
      case FLOAT -> code.invoke(Raw.class, "getFloat", "(J)F");
      case DOUBLE -> code.invoke(Raw.class, "getDouble", "(J)D");
      case LONG -> code.invoke(Raw.class, "get64", "(J)J");
      default -> {
        code.invoke(Raw.class, "get" + 8 * type.bytes(), "(J)I");
        if (type.signed()) {
          code.narrow(type);
        }
      }
    }
  }

  static void store(Code code, Instruction one) {
    PtxType type = one.type();
    List<Operand> from = elements(one.operand(1));
    address(code, one, one.operand(0), type.bytes() * from.size());
    for (int i = 0; i < from.size(); i++) {
      if (i + 1 < from.size()) {
        code.builder().dup2();
      }
      step(code, i * type.bytes());
      code.push(from.get(i), type);
      switch (type.kind()) {
        case FLOAT -> code.invoke(Raw.class, "putFloat", "(JF)V");
        case DOUBLE -> code.invoke(Raw.class, "putDouble", "(JD)V");
        case LONG -> code.invoke(Raw.class, "put64", "(JJ)V");
        default -> code.invoke(Raw.class, "put" + 8 * type.bytes(), "(JI)V");
      }
    }
  }

  static void atom(Code code, Instruction one) {
    boolean result = one.op().equals("atom");
    int first = result ? 1 : 0;
    PtxType type = one.type();
    Atomics.Kind kind = null;
    for (String modifier : one.modifiers()) {
      kind = kind == null ? Atomics.Kind.named(modifier) : kind;
    }
    if (kind == null) {
      throw one.unsupported("the operation has no translation");
    }
    address(code, one, one.operand(first), type.bytes());
    bits(code, one.operand(first + 1), type);
    if (kind == Atomics.Kind.CAS) {
      bits(code, one.operand(first + 2), type);
    } else {
      code.builder().lconst_0();
    }
    code.constant(kind);
    code.constant(type);
    code.invoke(Atomics.class, "perform", "(JJJLio/gluonj/ptx/Atomics$Kind;Lio/gluonj/ptx/PtxType;)J");
    if (result) {
      code.convert(PtxType.B64, type.kind());
      code.pop(one.operand(0), type);
    } else {
      code.builder().pop2();
    }
  }

  private static void bits(Code code, Operand operand, PtxType type) {
    code.push(operand, type);
    code.convert(type, TypeKind.LONG);
  }
}

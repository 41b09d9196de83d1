package io.gluonj.ptx;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.util.Set;

/** Comparisons and selections. */
final class Comparisons {
  private static final Set<String> NAMES =
      Set.of(
          "eq", "ne", "lt", "le", "gt", "ge", "lo", "ls", "hi", "hs", "equ", "neu", "ltu", "leu",
          "gtu", "geu", "num", "nan");

  private Comparisons() {}

  /** {@code setp} and {@code set}, with or without a second predicate. */
  static void set(Code code, Instruction one) {
    boolean predicate = one.op().equals("setp");
    PtxType type = one.type();
    String name =
        one.modifiers().stream()
            .filter(NAMES::contains)
            .findFirst()
            .orElseThrow(() -> one.unsupported("it names no comparison"));
    if (predicate && type.packed()) {
      ofPairs(code, one, name, type);
      return;
    }
    compare(code, one, name, type);
    if (!predicate) {
      PtxType to = one.types().getFirst();
      combine(code, one);
      code.builder().ineg();
      if (to == PtxType.F32) {
        code.builder().ineg().i2f();
      }
      code.pop(one.operand(0), to);
      return;
    }
    if (one.operand(0) instanceof Operand.Pair(Operand p, Operand q)) {
      code.builder().dup();
      combine(code, one);
      code.pop(p, PtxType.PRED);
      code.builder().iconst_1().ixor();
      combine(code, one);
      code.pop(q, PtxType.PRED);
    } else {
      combine(code, one);
      code.pop(one.operand(0), PtxType.PRED);
    }
  }

  /** Compares the lower halves for the first predicate and the upper ones for the second. */
  private static void ofPairs(Code code, Instruction one, String name, PtxType type) {
    if (!(one.operand(0) instanceof Operand.Pair(Operand lower, Operand upper))
        || one.operands().size() > 3
        || one.has("ftz")) {
      throw one.unsupported("comparisons of pairs with anything more");
    }
    for (int shift = 0; shift <= 16; shift += 16) {
      for (int i = 1; i <= 2; i++) {
        code.push(one.operand(i), type);
        code.builder().loadConstant(shift).iushr();
        HalfOps.widen(code, type == PtxType.F16X2 ? PtxType.F16 : PtxType.BF16);
      }
      floating(code, name, TypeKind.FLOAT);
      code.pop(shift == 0 ? lower : upper, PtxType.PRED);
    }
  }

  private static void combine(Code code, Instruction one) {
    if (one.operands().size() > 3) {
      code.push(one.operand(3), PtxType.PRED);
      if (one.has("and")) {
        code.builder().iand();
      } else if (one.has("or")) {
        code.builder().ior();
      } else {
        code.builder().ixor();
      }
    }
  }

  private static void compare(Code code, Instruction one, String name, PtxType type) {
    if (type.packed()) {
      throw one.unsupported("comparisons of pairs into a register");
    }
    PtxType as = type.half() ? PtxType.F32 : type;
    for (int i = 1; i <= 2; i++) {
      code.push(one.operand(i), type);
      if (type.half()) {
        HalfOps.widen(code, type);
      }
      if (one.has("ftz")) {
        code.invoke(Floats.class, "flush", as.kind(), 1);
      }
    }
    if (as.floating()) {
      floating(code, name, as.kind());
    } else {
      integer(code, name, as);
    }
  }

  private static void integer(Code code, String name, PtxType type) {
    boolean unsigned =
        !type.signed()
            || name.equals("lo")
            || name.equals("ls")
            || name.equals("hi")
            || name.equals("hs");
    Opcode test =
        switch (name) {
          case "eq" -> Opcode.IFEQ;
          case "ne" -> Opcode.IFNE;
          case "lt", "lo" -> Opcode.IFLT;
          case "le", "ls" -> Opcode.IFLE;
          case "gt", "hi" -> Opcode.IFGT;
          default -> Opcode.IFGE;
        };
    if (type.kind() == TypeKind.LONG) {
      if (unsigned) {
        code.invoke(Long.class, "compareUnsigned", "(JJ)I");
      } else {
        code.builder().lcmp();
      }
    } else if (unsigned && type.bytes() == 4) {
      code.invoke(Integer.class, "compareUnsigned", "(II)I");
    } else {
      truth(
          code,
          switch (test) {
            case IFEQ -> Opcode.IF_ICMPEQ;
            case IFNE -> Opcode.IF_ICMPNE;
            case IFLT -> Opcode.IF_ICMPLT;
            case IFLE -> Opcode.IF_ICMPLE;
            case IFGT -> Opcode.IF_ICMPGT;
            default -> Opcode.IF_ICMPGE;
          });
      return;
    }
    truth(code, test);
  }

  private static void truth(Code code, Opcode test) {
    code.builder().ifThenElse(test, CodeBuilder::iconst_1, CodeBuilder::iconst_0);
  }

  /** A name that ends in u is also true where a number is NaN. */
  private static void floating(Code code, String name, TypeKind kind) {
    String letter = kind == TypeKind.FLOAT ? "F" : "D";
    String helper =
        switch (name) {
          case "ne" -> "differ";
          case "equ" -> "equalOrNan";
          case "num", "nan" -> "ordered";
          default -> "";
        };
    if (!helper.isEmpty()) {
      code.invoke(Floats.class, helper, "(" + letter + letter + ")I");
      if (name.equals("nan")) {
        code.builder().iconst_1().ixor();
      }
      return;
    }
    boolean below = name.startsWith("l");
    boolean nanIsGreater = below != name.endsWith("u");
    CodeBuilder builder = code.builder();
    if (kind == TypeKind.FLOAT) {
      if (nanIsGreater) {
        builder.fcmpg();
      } else {
        builder.fcmpl();
      }
    } else if (nanIsGreater) {
      builder.dcmpg();
    } else {
      builder.dcmpl();
    }
    truth(
        code,
        switch (name) {
          case "eq" -> Opcode.IFEQ;
          case "neu" -> Opcode.IFNE;
          case "lt", "ltu" -> Opcode.IFLT;
          case "le", "leu" -> Opcode.IFLE;
          case "gt", "gtu" -> Opcode.IFGT;
          default -> Opcode.IFGE;
        });
  }

  static void selp(Code code, Instruction one) {
    PtxType type = one.type();
    code.push(one.operand(3), PtxType.PRED);
    choose(code, one, type, Opcode.IFEQ);
  }

  private static void choose(Code code, Instruction one, PtxType type, Opcode otherwise) {
    Label second = code.builder().newLabel();
    Label end = code.builder().newLabel();
    code.builder().branch(otherwise, second);
    code.push(one.operand(1), type);
    code.builder().goto_(end).labelBinding(second);
    code.push(one.operand(2), type);
    code.builder().labelBinding(end);
    code.pop(one.operand(0), type);
  }

  static void slct(Code code, Instruction one) {
    PtxType type = one.types().getFirst();
    PtxType by = one.type();
    code.push(one.operand(3), by);
    if (by == PtxType.F32) {
      code.builder().fconst_0().fcmpl();
    }
    choose(code, one, type, Opcode.IFLT);
  }

  static void testp(Code code, Instruction one) {
    PtxType type = one.type();
    code.push(one.operand(1), type);
    String letter = type == PtxType.F32 ? "F" : "D";
    String name =
        switch (one.modifiers().getFirst()) {
          case "finite" -> "isFinite";
          case "infinite" -> "isInfinite";
          case "notanumber" -> "isNaN";
          case "number" -> "isNaN";
          default -> throw one.unsupported("the test has no translation");
        };
    code.invoke(type == PtxType.F32 ? Float.class : Double.class, name, "(" + letter + ")Z");
    if (one.has("number")) {
      code.builder().iconst_1().ixor();
    }
    code.pop(one.operand(0), PtxType.PRED);
  }
}

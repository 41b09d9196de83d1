package io.gluonj.ptx;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the byte code of one method: moves values between registers, which are local variables,
 * and the operand stack.
 */
final class Code {
  static final ClassDesc LANE = ClassDesc.of("io.gluonj.ptx.Lane");
  static final int LANE_SLOT = 1;

  private static final int FIRST_SLOT = 6;

  private final CodeBuilder builder;
  private final List<Instruction> sites;
  private final Map<Integer, Integer> slots = new HashMap<>();
  private final Map<Integer, PtxType> types = new HashMap<>();
  private int nextSlot = FIRST_SLOT;

  /** With the list of instructions that may fault, which it extends. */
  Code(CodeBuilder builder, List<Instruction> sites) {
    this.builder = builder;
    this.sites = sites;
  }

  CodeBuilder builder() {
    return builder;
  }

  /** A number for an instruction that may fault. */
  int site(Instruction one) {
    if (sites.isEmpty() || !sites.getLast().equals(one)) {
      sites.add(one);
    }
    return sites.size() - 1;
  }

  /** The local variable of a register. */
  int slot(Operand.Reg reg) {
    types.put(reg.index(), reg.type());
    return slots.computeIfAbsent(
        reg.index(),
        _ -> {
          int slot = nextSlot;
          nextSlot += reg.type().kind().slotSize();
          return slot;
        });
  }

  void lane() {
    builder.aload(LANE_SLOT);
  }

  /** Pushes a value, read as a type. */
  void push(Operand operand, PtxType type) {
    switch (operand) {
      case Operand.Reg reg -> {
        builder.loadLocal(reg.type().kind(), slot(reg));
        convert(reg.type(), type.kind());
        if (reg.type() != PtxType.PRED
            && !(reg.type().bytes() == type.bytes() && !type.signed())) {
          narrow(type);
        }
      }
      case Operand.Immediate immediate -> constant(immediate, type);
      case Operand.Special(String name) -> special(name, type);
      case Operand.Place(Space space, long value) -> {
        builder.loadConstant(value);
        convert(PtxType.U64, type.kind());
      }
      case Operand.Address(Operand base, long offset) -> {
        push(base, PtxType.B64);
        if (offset != 0) {
          builder.loadConstant(offset).ladd();
        }
        convert(PtxType.U64, type.kind());
      }
      case Operand.Not(Operand predicate) -> {
        push(predicate, PtxType.PRED);
        builder.iconst_1().ixor();
      }
      case Operand.Group g -> throw new PtxException("a group is not a value: " + g);
      case Operand.Pair p -> throw new PtxException("a pair is not a value: " + p);
      case Operand.Symbol s -> throw new PtxException("'" + s.name() + "' is not a value");
    }
  }

  /** Makes a value on the stack what a narrow type holds. */
  void narrow(PtxType type) {
    if (type.kind() != TypeKind.INT || type == PtxType.PRED) {
      return;
    }
    switch (type.bytes()) {
      case 1 -> {
        if (type.signed()) {
          builder.i2b();
        } else {
          builder.loadConstant(0xFF).iand();
        }
      }
      case 2 -> {
        if (type.signed()) {
          builder.i2s();
        } else {
          builder.i2c();
        }
      }
      default -> {}
    }
  }

  /** Turns a value of a type on the stack into another kind: the bits stay. */
  void convert(PtxType from, TypeKind to) {
    TypeKind kind = from.kind();
    if (kind == to) {
      return;
    }
    if (kind == TypeKind.FLOAT) {
      invoke(Float.class, "floatToRawIntBits", "(F)I");
    } else if (kind == TypeKind.DOUBLE) {
      invoke(Double.class, "doubleToRawLongBits", "(D)J");
    }
    boolean wide = kind == TypeKind.LONG || kind == TypeKind.DOUBLE;
    boolean wanted = to == TypeKind.LONG || to == TypeKind.DOUBLE;
    if (wide && !wanted) {
      builder.l2i();
    } else if (!wide && wanted) {
      builder.i2l();
      if (!from.signed()) {
        builder.loadConstant(0xFFFF_FFFFL).land();
      }
    }
    if (to == TypeKind.FLOAT) {
      invoke(Float.class, "intBitsToFloat", "(I)F");
    } else if (to == TypeKind.DOUBLE) {
      invoke(Double.class, "longBitsToDouble", "(J)D");
    }
  }

  private void constant(Operand.Immediate immediate, PtxType type) {
    long bits = immediate.bits();
    switch (type.kind()) {
      case FLOAT -> {
        float value =
            immediate.floatBits() == 64
                ? (float) Double.longBitsToDouble(bits)
                : Float.intBitsToFloat((int) bits);
        if (Float.isNaN(value)) {
          builder.loadConstant((int) bits);
          invoke(Float.class, "intBitsToFloat", "(I)F");
        } else {
          builder.loadConstant(value);
        }
      }
      case DOUBLE -> {
        double value =
            immediate.floatBits() == 32
                ? Float.intBitsToFloat((int) bits)
                : Double.longBitsToDouble(bits);
        if (Double.isNaN(value)) {
          builder.loadConstant(bits);
          invoke(Double.class, "longBitsToDouble", "(J)D");
        } else {
          builder.loadConstant(value);
        }
      }
      case LONG -> builder.loadConstant(bits);
      default ->
          builder.loadConstant(
              switch (type.bytes()) {
                case 1 ->
                    type == PtxType.PRED
                        ? (bits == 0 ? 0 : 1)
                        : type.signed() ? (byte) bits : (int) bits & 0xFF;
                case 2 -> type.signed() ? (short) bits : (int) bits & 0xFFFF;
                default -> (int) bits;
              });
    }
  }

  private void special(String name, PtxType type) {
    String method = method(name);
    boolean wide = method.equals("clock64") || method.equals("globaltimer");
    if (method.equals("WARP")) {
      builder.loadConstant(Lane.WARP);
    } else {
      if (java.util.Arrays.stream(Lane.class.getDeclaredMethods())
          .noneMatch(m -> m.getName().equals(method) && m.getParameterCount() == 0)) {
        throw new PtxException("PTX register '" + name + "' is not known to this machine");
      }
      lane();
      builder.invokevirtual(LANE, method, MethodTypeDesc.ofDescriptor(wide ? "()J" : "()I"));
    }
    convert(wide ? PtxType.U64 : PtxType.U32, type.kind());
  }

  /** {@code %tid.x} is {@code tidX}, {@code %lanemask_lt} is {@code lanemaskLt}. */
  private static String method(String register) {
    if (register.equals("WARP_SZ")) {
      return "WARP";
    }
    var name = new StringBuilder();
    for (String part : register.substring(1).split("[._]", -1)) {
      name.append(
          name.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return name.toString();
  }

  /** Pops a value of a type into a register, or away if it is not wanted. */
  void pop(Operand to, PtxType type) {
    if (to instanceof Operand.Reg reg) {
      convert(type, reg.type().kind());
      if (reg.type().bytes() == 2) {
        builder.i2c();
      }
      builder.storeLocal(reg.type().kind(), slot(reg));
    } else if (type.kind().slotSize() == 2) {
      builder.pop2();
    } else {
      builder.pop();
    }
  }

  /** Pushes a constant of an enum. */
  void constant(Enum<?> constant) {
    ClassDesc type = ClassDesc.of(constant.getDeclaringClass().getName());
    builder.getstatic(type, constant.name(), type);
  }

  /** Calls a static method. */
  void invoke(Class<?> owner, String name, String descriptor) {
    builder.invokestatic(
        ClassDesc.of(owner.getName()), name, MethodTypeDesc.ofDescriptor(descriptor));
  }

  /** Calls a static method on values of one kind whose result has it too. */
  void invoke(Class<?> owner, String name, TypeKind kind, int arguments) {
    String letter = kind.upperBound().descriptorString();
    invoke(owner, name, "(" + letter.repeat(arguments) + ")" + letter);
  }

  /** Calls a method of the lane, which lies below the arguments. */
  void onLane(String name, String descriptor) {
    builder.invokevirtual(LANE, name, MethodTypeDesc.ofDescriptor(descriptor));
  }

  /** Registers that have a local variable here, with their types. */
  Map<Integer, PtxType> known() {
    return types;
  }

  void slots() {
    lane();
    builder.getfield(LANE, "slots", ConstantDescs.CD_long.arrayType());
  }

  /** Keeps a register where the lane finds it when it goes on. */
  void save(int register) {
    Operand.Reg reg = reg(register);
    slots();
    builder.loadConstant(register);
    builder.loadLocal(reg.type().kind(), slot(reg));
    convert(reg.type(), TypeKind.LONG);
    builder.lastore();
  }

  /** Takes a kept register back. */
  void restore(int register) {
    Operand.Reg reg = reg(register);
    slots();
    builder.loadConstant(register).laload();
    convert(PtxType.U64, reg.type().kind());
    builder.storeLocal(reg.type().kind(), slot(reg));
  }

  /** Gives a register a first value. */
  void clear(int register) {
    Operand.Reg reg = reg(register);
    switch (reg.type().kind()) {
      case LONG -> builder.lconst_0();
      case FLOAT -> builder.fconst_0();
      case DOUBLE -> builder.dconst_0();
      default -> builder.iconst_0();
    }
    builder.storeLocal(reg.type().kind(), slot(reg));
  }

  private Operand.Reg reg(int register) {
    PtxType type = types.get(register);
    if (type == null) {
      throw new IllegalStateException("register " + register + " is not used here");
    }
    return new Operand.Reg(register, type, "");
  }
}

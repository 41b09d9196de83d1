package io.gluonj.ptx;

import java.util.List;

/** An operand of an instruction. */
sealed interface Operand {
  /** A register that the function declares; {@code index} is unique in it. */
  record Reg(int index, PtxType type, String name) implements Operand {}

  /** A read-only register of the machine, such as {@code %tid.x}. */
  record Special(String name) implements Operand {}

  /** An integer, or the bits of a number written as {@code 0f} (32) or {@code 0d} (64). */
  record Immediate(long bits, int floatBits) implements Operand {}

  /** A name that is not a register: variable, label or function. */
  record Symbol(String name) implements Operand {}

  /** A variable's place: address in global and constant memory, offset in the other spaces. */
  record Place(Space space, long value) implements Operand {}

  /** What stands in brackets. */
  record Address(Operand base, long offset) implements Operand {}

  /** What stands in braces or parentheses. */
  record Group(List<Operand> elements) implements Operand {}

  /** {@code value|predicate}. */
  record Pair(Operand first, Operand second) implements Operand {}

  /** A negated predicate. */
  record Not(Operand predicate) implements Operand {}
}

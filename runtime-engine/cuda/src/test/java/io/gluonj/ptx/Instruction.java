package io.gluonj.ptx;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instruction.
 *
 * @param line where it stands, from 1
 * @param op the mnemonic up to the first dot
 * @param modifiers what follows, without dots
 * @param guard the predicate that must hold; null if it always runs
 * @param operands in order, the destination first
 */
record Instruction(
    int line, String op, List<String> modifiers, @Nullable Operand guard, List<Operand> operands) {
  Instruction {
    modifiers = List.copyOf(modifiers);
    operands = List.copyOf(operands);
  }

  boolean has(String modifier) {
    return modifiers.contains(modifier);
  }

  /** Its types in order of writing. */
  List<PtxType> types() {
    var types = new ArrayList<PtxType>();
    for (String modifier : modifiers) {
      PtxType type = PtxType.named(modifier);
      if (type != null) {
        types.add(type);
      }
    }
    return types;
  }

  /** The type of the operation, which is written last. */
  PtxType type() {
    List<PtxType> types = types();
    if (types.isEmpty()) {
      throw unsupported("it has no type");
    }
    return types.getLast();
  }

  Operand operand(int index) {
    if (index >= operands.size()) {
      throw unsupported("operand " + index + " is missing");
    }
    return operands.get(index);
  }

  String mnemonic() {
    return modifiers.isEmpty() ? op : op + "." + String.join(".", modifiers);
  }

  PtxException unsupported(String why) {
    return new PtxException(
        "PTX line " + line + ": " + mnemonic() + " is not known to this machine: " + why);
  }

  Instruction with(@Nullable Operand newGuard, List<Operand> newOperands) {
    return new Instruction(line, op, modifiers, newGuard, newOperands);
  }
}

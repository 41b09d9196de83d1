package io.gluonj.ptx;

import java.util.ArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads operands. */
final class Operands {
  private Operands() {}

  /**
   * Reads one.
   *
   * @param names what a word stands for in its scope; null if it is not declared there
   */
  static Operand operand(Tokens tokens, Function<String, @Nullable Operand> names) {
    return switch (tokens.peek()) {
      case "{" -> group(tokens, names, "}");
      case "(" -> group(tokens, names, ")");
      case "[" -> address(tokens, names);
      case "!" -> {
        tokens.take();
        yield new Operand.Not(operand(tokens, names));
      }
      default -> plain(tokens, names);
    };
  }

  private static Operand plain(Tokens tokens, Function<String, @Nullable Operand> names) {
    Operand first = atom(tokens, names);
    if (tokens.skip("|")) {
      return new Operand.Pair(first, atom(tokens, names));
    }
    if (first instanceof Operand.Symbol && tokens.skip("+")) {
      return new Operand.Address(first, integer(tokens.take()));
    }
    return first;
  }

  private static Operand group(
      Tokens tokens, Function<String, @Nullable Operand> names, String end) {
    tokens.take();
    var elements = new ArrayList<Operand>();
    while (!tokens.skip(end)) {
      elements.add(operand(tokens, names));
      tokens.skip(",");
    }
    return new Operand.Group(elements);
  }

  private static Operand address(Tokens tokens, Function<String, @Nullable Operand> names) {
    tokens.expect("[");
    Operand base = atom(tokens, names);
    long offset = 0;
    if (tokens.skip("+")) {
      boolean negative = tokens.skip("-");
      long value = integer(tokens.take());
      offset = negative ? -value : value;
    } else if (tokens.skip("-")) {
      offset = -integer(tokens.take());
    }
    tokens.expect("]");
    return new Operand.Address(base, offset);
  }

  private static Operand atom(Tokens tokens, Function<String, @Nullable Operand> names) {
    boolean negative = tokens.skip("-");
    String word = tokens.take();
    char first = word.charAt(0);
    if (Character.isDigit(first)) {
      return number(word, negative, tokens);
    }
    if (negative) {
      throw tokens.error("'-" + word + "' is not a number");
    }
    if (word.equals("generic") && tokens.skip("(")) {
      Operand inner = operand(tokens, names);
      tokens.expect(")");
      return inner;
    }
    Operand known = names.apply(word);
    if (known != null) {
      return known;
    }
    return first == '%' ? new Operand.Special(word) : new Operand.Symbol(word);
  }

  private static Operand number(String word, boolean negative, Tokens tokens) {
    try {
      if (word.startsWith("0f") || word.startsWith("0F")) {
        long bits = Integer.parseUnsignedInt(word.substring(2), 16);
        return new Operand.Immediate(negative ? bits ^ 0x8000_0000L : bits, 32);
      }
      if (word.startsWith("0d") || word.startsWith("0D")) {
        long bits = Long.parseUnsignedLong(word.substring(2), 16);
        return new Operand.Immediate(negative ? bits ^ Long.MIN_VALUE : bits, 64);
      }
      if (word.contains(".")) {
        double value = Double.parseDouble(word);
        return new Operand.Immediate(Double.doubleToRawLongBits(negative ? -value : value), 64);
      }
      long value = integer(word);
      return new Operand.Immediate(negative ? -value : value, 0);
    } catch (NumberFormatException e) {
      throw new PtxException("PTX line " + tokens.line() + ": '" + word + "' is not a number", e);
    }
  }

  private static long integer(String word) {
    String digits = word.endsWith("U") ? word.substring(0, word.length() - 1) : word;
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      return Long.parseUnsignedLong(digits.substring(2), 16);
    }
    if (digits.startsWith("0b")) {
      return Long.parseUnsignedLong(digits.substring(2), 2);
    }
    return Long.parseUnsignedLong(digits);
  }
}

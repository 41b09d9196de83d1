package io.gluonj.ptx;

import static com.google.common.truth.Truth.assertWithMessage;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Instructions one by one: the table {@code instructions.txt} has the bits of operands and result,
 * worked out from the PTX ISA, not from this machine.
 */
final class InstructionTest {
  private static final int OPERANDS = 4;

  /** A line: {@code instruction ; operand types ; result type ; operands => result}. */
  private record Row(String text, String operation, List<String> types, String result,
      List<String> operands, String expected) {
    static Row of(String line) {
      String[] parts = line.split(";", -1);
      String[] sides = parts[3].split("=>", -1);
      return new Row(
          line,
          parts[0].strip(),
          List.of(parts[1].strip().split("\\s+", -1)),
          parts[2].strip(),
          List.of(sides[0].strip().split("\\s+", -1)),
          sides[1].strip());
    }

    private static String load(int k, String type) {
      String at = "[%%rd2+%d]".formatted(8 * k);
      String register = register(type, k);
      return type.equals("pred")
          ? "ld.global.u32 %%r9, %s;\nsetp.ne.u32 %s, %%r9, 0;\n".formatted(at, register)
          : "ld.global.b%d %s, %s;\n".formatted(bits(type), register, at);
    }

    private static int bits(String type) {
      return Integer.parseInt(type.substring(1));
    }

    private static String register(String type, int k) {
      return switch (type) {
        case "pred" -> "%p";
        case "b16" -> "%rs";
        case "b32" -> "%r";
        case "f32" -> "%f";
        case "f64" -> "%fd";
        default -> "%rdx";
      } + k;
    }

    /** Loads the operands of one row, computes, stores the result. */
    String code() {
      var code = new StringBuilder();
      var names = new ArrayList<String>();
      names.add(register(result, OPERANDS));
      int k = 0;
      for (String type : types) {
        if (type.equals("imm")) {
          names.add(operands.get(k));
        } else {
          code.append(load(k, type));
          names.add(register(type, k));
        }
        k++;
      }
      code.append(operation).append(' ').append(String.join(", ", names)).append(";\n");
      if (result.equals("pred")) {
        code.append("selp.u32 %r8, 1, 0, ").append(names.getFirst()).append(";\n");
        return code.append("st.global.u32 [%rd2+64], %r8;\n").toString();
      }
      return code.append("st.global.b%d [%%rd2+64], %s;\n".formatted(bits(result), names.getFirst()))
          .toString();
    }
  }

  private static final String KERNEL =
      """
      .version 8.0
      .target sm_80
      .address_size 64
      .visible .entry k(.param .u64 k_param_0)
      {
      .reg .pred %%p<8>; .reg .b16 %%rs<8>; .reg .b32 %%r<16>; .reg .f32 %%f<8>;
      .reg .f64 %%fd<8>; .reg .b64 %%rd<4>; .reg .b64 %%rdx<8>;
      ld.param.u64 %%rd2, [k_param_0];
      %s
      ret;
      }
      """;

  private static List<Row> rows() {
    try (Stream<String> lines = Table.lines("instructions.txt")) {
      return lines.map(Row::of).toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyRowOfTheTable() {
    return rows().stream().map(row -> DynamicTest.dynamicTest(row.text(), () -> check(row)));
  }

  private static void check(Row row) {
    try (var machine = new PtxMachine()) {
      MemorySegment memory = machine.allocate(72);
      memory.fill((byte) 0);
      for (int k = 0; k < row.operands().size(); k++) {
        memory.setAtIndex(ValueLayout.JAVA_LONG, k, Table.bits(row.operands().get(k)));
      }
      machine.run(KERNEL.formatted(row.code()), "k", 1, 1, memory.address());
      long actual = memory.getAtIndex(ValueLayout.JAVA_LONG, 8);
      assertWithMessage("%s gave 0x%s", row.text(), Long.toHexString(actual))
          .that(actual)
          .isEqualTo(Table.bits(row.expected()) & mask(row.result()));
    }
  }

  private static long mask(String type) {
    return switch (type) {
      case "b16" -> 0xFFFF;
      case "b32", "f32", "pred" -> 0xFFFF_FFFFL;
      default -> -1;
    };
  }

  /** NVIDIA's own assembler knows the table's instructions: it holds no dialect of ours. */
  @TestFactory
  Stream<DynamicTest> theAssemblerAcceptsTheTable() {
    Set<String> seen = new HashSet<>();
    String code =
        rows().stream()
            .filter(row -> seen.add(row.operation() + row.types()))
            .map(Row::code)
            .collect(Collectors.joining());
    return Stream.of(
        DynamicTest.dynamicTest(
            seen.size() + " instructions", () -> Assembler.assemble(KERNEL.formatted(code), "sm_80")));
  }
}

package io.gluonj.ptx;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class AssemblerTest {
  private static final String HEAD =
      """
      .version 8.0
      .target sm_75
      .address_size 64
      """;

  @Test
  void useOfEveryKernelIsRead() {
    String kernel = ".visible .entry %s(.param .u64 p) { ret; }\n";
    var uses = Assembler.assemble(HEAD + kernel.formatted("a") + kernel.formatted("b"), "sm_80");

    assertThat(uses.stream().map(Assembler.Use::kernel).toList()).containsExactly("a", "b");
    assertThat(uses.getFirst().registers()).isAtLeast(1);
    assertThat(uses.getFirst().spillBytes()).isEqualTo(0);
  }

  @Test
  void refusedTextSaysWhy() {
    AssertionError e =
        assertThrows(
            AssertionError.class,
            () -> Assembler.assemble(HEAD + ".visible .entry a() { no.such; }", "sm_75"));

    assertThat(e).hasMessageThat().contains("no");
  }
}

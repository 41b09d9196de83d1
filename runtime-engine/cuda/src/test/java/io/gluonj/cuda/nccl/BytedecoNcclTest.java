package io.gluonj.cuda.nccl;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.DType;
import org.junit.jupiter.api.Test;

/** Numbers of {@code nccl.h}. */
final class BytedecoNcclTest {
  @Test
  void versionIsReadAsNcclWritesIt() {
    assertThat(BytedecoNccl.version(22809)).isEqualTo("2.28.9");
  }

  @Test
  void everyNumericTypeHasItsOwnNumber() {
    assertThat(BytedecoNccl.dataType(DType.FLOAT32)).isEqualTo(7);
    assertThat(
            java.util.Arrays.stream(DType.values())
                .filter(t -> t != DType.BOOL)
                .map(BytedecoNccl::dataType)
                .toList())
        .containsNoDuplicates();
    assertThrows(IllegalArgumentException.class, () -> BytedecoNccl.dataType(DType.BOOL));
  }
}

package io.gluonj.testing;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.tensor.NameScope;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import org.junit.jupiter.api.Test;

/** Stands for a user's code, which the framework's own packages do not. */
final class OriginTest {
  @Test
  void errorsNameBlockPathAndTheUsersLine() {
    Symbol a = Symbol.var("a", Shape.of(2, 3));
    Symbol b = Symbol.var("b", Shape.of(4, 3));
    var e =
        assertThrows(
            ShapeException.class,
            () -> {
              try (var _ = NameScope.open("lenet0_", "LeNet.conv1")) {
                a.add(b);
              }
            });
    assertThat(e).hasMessageThat().contains("'lenet0__plus0'");
    assertThat(e).hasMessageThat().contains("in block LeNet.conv1 at OriginTest.java:");
  }
}

package io.gluonj.io;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PythonTextTest {
  private record Types(List<Long> longs, List<Optional<Long>> ends, Optional<Double> maybe) {}

  private static Type type(int component) {
    return Types.class.getRecordComponents()[component].getGenericType();
  }

  @ParameterizedTest
  @CsvSource({
    "1e-5, 1e-05",
    "0.001, 0.001",
    "0.0001, 0.0001",
    "0.00012345, 0.00012345",
    "1.5e-7, 1.5e-07",
    "2, 2.0",
    "-0.25, -0.25",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "-1.25e100, -1.25e+100",
    "0.1, 0.1",
    "0, 0.0",
    "-0.0, -0.0",
    "Infinity, inf",
    "-Infinity, -inf",
    "NaN, nan",
  })
  void numbersAreSpelledLikePythonsRepr(double value, String expected) {
    assertThat(PythonText.write(value)).isEqualTo(expected);
    assertThat(PythonText.read(double.class, expected)).isEqualTo(value);
  }

  @Test
  void tuplesAreSpelledLikePythons() {
    assertThat(PythonText.write(List.of())).isEqualTo("()");
    assertThat(PythonText.write(List.of(3L))).isEqualTo("(3,)");
    assertThat(PythonText.write(List.of(3L, 4L))).isEqualTo("(3, 4)");
    assertThat(PythonText.write(List.of(Optional.empty(), Optional.of(2L)))).isEqualTo("(None, 2)");
    assertThat(PythonText.write(true)).isEqualTo("True");
  }

  @Test
  void tuplesAreReadInEverySpelling() {
    assertThat(PythonText.read(type(0), "(3, 4)")).isEqualTo(List.of(3L, 4L));
    assertThat(PythonText.read(type(0), "[3,4]")).isEqualTo(List.of(3L, 4L));
    assertThat(PythonText.read(type(0), "(3,)")).isEqualTo(List.of(3L));
    assertThat(PythonText.read(type(0), "3")).isEqualTo(List.of(3L));
    assertThat(PythonText.read(type(0), "(3L, 4L)")).isEqualTo(List.of(3L, 4L));
    assertThat(PythonText.read(type(0), "()")).isEqualTo(List.of());
    assertThat(PythonText.read(type(0), "None")).isEqualTo(List.of());
    assertThat(PythonText.read(type(1), "(None, 2)"))
        .isEqualTo(List.of(Optional.empty(), Optional.of(2L)));
    assertThat(PythonText.read(type(2), "None")).isEqualTo(Optional.empty());
    assertThat(PythonText.read(type(2), "1e-05")).isEqualTo(Optional.of(1e-5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(3", "3)", "(3,,4)", "(a,)", "(3 4)", "("})
  void malformedTuplesAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> PythonText.read(type(0), text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1d", "0x1p3", "NaN", "1e", "--1"})
  void malformedNumbersAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> PythonText.read(double.class, text));
  }
}

package io.gluonj.initializer;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.InvalidArgumentException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitializersTest {
  @Test
  void namesGiveMxnetsDefaults() {
    assertThat(Initializer.of("zeros")).isEqualTo(new Zero());
    assertThat(Initializer.of("ones")).isEqualTo(new One());
    assertThat(Initializer.of("uniform")).isEqualTo(new Uniform(0.07));
    assertThat(Initializer.of("normal")).isEqualTo(new Normal(0.01));
    assertThat(Initializer.of("Xavier")).isEqualTo(new Xavier());
    assertThat(Initializer.of("msraprelu")).isEqualTo(new MSRAPrelu());
  }

  @Test
  void specsAreWrittenAsMxnetWritesThem() {
    assertThat(new Xavier().spec())
        .isEqualTo(
            "[\"xavier\", {\"rnd_type\": \"uniform\", \"factor_type\": \"avg\", \"magnitude\": 3}]");
    assertThat(new Uniform().spec()).isEqualTo("[\"uniform\", {\"scale\": 0.07}]");
    assertThat(new Constant(0.25).spec()).isEqualTo("[\"constant\", {\"value\": 0.25}]");
    assertThat(new Zero().spec()).isEqualTo("zeros");
  }

  @Test
  void everySpecIsReadBack() {
    for (Initializer each :
        List.of(
            new Zero(),
            new One(),
            new Constant(-2.5),
            new Uniform(1e-5),
            new Normal(3),
            new Xavier("gaussian", "out", 2.24),
            new MSRAPrelu("in", 0.1),
            new Orthogonal(1, Xavier.Distribution.GAUSSIAN),
            new Bilinear(),
            new LstmBias(2))) {
      assertThat(Initializer.of(each.spec())).isEqualTo(each);
    }
  }

  @Test
  void theObjectFormIsRead() {
    assertThat(Initializer.of("{\"initializer\": \"normal\", \"sigma\": 0.5}"))
        .isEqualTo(new Normal(0.5));
    assertThat(Initializer.of("[\"zero\", {}]")).isEqualTo(new Zero());
  }

  @Test
  void misspelledNamesAreAnsweredWithNearOnes() {
    var e = assertThrows(InvalidArgumentException.class, () -> Initializer.of("xaver"));
    assertThat(e).hasMessageThat().contains("did you mean xavier?");
    var far =
        assertThrows(InvalidArgumentException.class, () -> Initializer.of("glorot_something"));
    assertThat(far).hasMessageThat().contains("bilinear, constant, lstmbias");
    var setting =
        assertThrows(
            InvalidArgumentException.class,
            () -> Initializer.of("[\"xavier\", {\"magnitud\": 2}]"));
    assertThat(setting).hasMessageThat().contains("did you mean magnitude?");
    var word = assertThrows(InvalidArgumentException.class, () -> new Xavier("gausian", "avg", 3));
    assertThat(word).hasMessageThat().contains("did you mean gaussian?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"xavier\"]",
        "[\"xavier\", {",
        "[\"xavier\", 3]",
        "{\"magnitude\": 3}",
        "[\"xavier\", {\"magnitude\": \"3\"}]",
        "[\"xavier\", {\"rnd_type\": 1}]",
        "[\"constant\", {}]",
        "[null, {}]",
        ""
      })
  void malformedSpecsAreRefused(String spec) {
    var e = assertThrows(InvalidArgumentException.class, () -> Initializer.of(spec));
    assertThat(e).hasMessageThat().contains("\n  because  ");
  }

  @Test
  void ownInitializersAreFoundByName() {
    Initializers.register("a_half", () -> new Constant(0.5));
    assertThat(Initializer.of("a_half")).isEqualTo(new Constant(0.5));
    assertThat(Initializers.names()).contains("a_half");
  }
}

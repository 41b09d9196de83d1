package io.gluonj.processor;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Classes that do not exist yet when the first of them is looked at. */
class RoundsTest {
  private static final String HOLDER =
      """
      package demo;

      import io.gluonj.annotations.Block;
      import io.gluonj.annotations.Forward;
      import io.gluonj.gluon.HybridBlock;
      import io.gluonj.tensor.Tensor;
      import java.util.List;

      @Block
      public class Holder extends HybridBlock {
        final Late late = new Late();
        final List<Late> several = List.of(late);

        public Holder() {}

        @Forward
        Tensor forward(Tensor x) {
          return late.call(x);
        }
      }
      """;

  private static final String LATE =
      """
      package demo;

      import io.gluonj.annotations.Block;
      import io.gluonj.annotations.Forward;
      import io.gluonj.gluon.HybridBlock;
      import io.gluonj.tensor.Tensor;

      @Block
      public class Late extends HybridBlock {
        public Late() {}

        @Forward
        Tensor forward(Tensor x) {
          return x;
        }
      }
      """;

  @ParameterizedTest
  @EnumSource
  void blockMayHoldABlockThatAnotherProcessorGenerates(Compilers compiler) {
    Compiled compiled =
        compiler.compile(
            Map.of("demo/Holder.java", HOLDER),
            List.of(new BlockProcessor(), new Generating("demo.Late", LATE)));

    assertThat(compiled.printed()).isEmpty();
    assertThat(compiled.success()).isTrue();
    assertThat(compiled.generated().keySet())
        .containsExactly("demo/Late.java", "demo/Late_Gluon.java", "demo/Holder_Gluon.java");
    assertThat(compiled.generated().get("demo/Holder_Gluon.java"))
        .contains("members.children(\"several\", block.several);");
  }

  @ParameterizedTest
  @EnumSource
  void blockMayExtendABlockThatAnotherProcessorGenerates(Compilers compiler) {
    String heir = "package demo; @io.gluonj.annotations.Block class Heir extends Late {}";
    Compiled compiled =
        compiler.compile(
            Map.of("demo/Heir.java", heir),
            List.of(new BlockProcessor(), new Generating("demo.Late", LATE)));

    assertThat(compiled.printed()).isEmpty();
    assertThat(compiled.generated().get("demo/Heir_Gluon.java"))
        .contains("private final Late_Gluon base = new Late_Gluon();");
  }

  @Test
  void missingTypeIsNamedByTheCompilerAndNotByUs() {
    Compiled compiled = Compilers.JAVAC.compile(Map.of("demo/Holder.java", HOLDER));

    assertThat(compiled.success()).isFalse();
    assertThat(compiled.generated()).isEmpty();
    assertThat(compiled.printed()).contains("demo/Holder.java:11: error: cannot find symbol");
    assertThat(compiled.printed()).doesNotContain("[gluonj/");
  }

  /** Generates one class in the first round. */
  private static final class Generating extends AbstractProcessor {
    private final String name;
    private final String text;
    private boolean isDone;

    Generating(String name, String text) {
      this.name = name;
      this.text = text;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (!isDone) {
        isDone = true;
        try (Writer out = processingEnv.getFiler().createSourceFile(name).openWriter()) {
          out.write(text);
        } catch (IOException unwritable) {
          throw new UncheckedIOException(unwritable);
        }
      }
      return false;
    }
  }
}

package io.gluonj.processor;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the processor behaves where builds go wrong. */
class RobustnessTest {
  private static final String BROKEN =
      """
      package demo;

      @io.gluonj.annotations.Block
      class Broken extends io.gluonj.gluon.HybridBlock {}
      """;

  private static final String HEIR =
      """
      package demo;

      import io.gluonj.annotations.Forward;
      import io.gluonj.tensor.Tensor;

      @io.gluonj.annotations.Block
      class Heir extends Broken {
        @Forward
        Tensor forward(Tensor x) {
          return x;
        }
      }

      @io.gluonj.annotations.Block
      class HeirOfHeir extends Heir {}
      """;

  @Test
  void mistakeInASuperclassHasNoFollowOnInItsSubclasses() {
    Compiled compiled =
        Compilers.JAVAC.compile(Map.of("demo/Broken.java", BROKEN, "demo/Heir.java", HEIR));

    assertThat(compiled.messages()).hasSize(1);
    assertThat(compiled.printed()).contains("[gluonj/forward-missing] @Block class Broken");
    assertThat(compiled.generated()).isEmpty();
  }

  @Test
  void mistakeInOneClassDoesNotKeepOthersFromBeingWritten() {
    Map<String, String> sources = new TreeMap<>(Cases.named("good", "LeNet").sources());
    sources.put("demo/Broken.java", BROKEN);

    assertThat(Compilers.JAVAC.compile(sources).generated().keySet())
        .containsExactly("demo/LeNet_Gluon.java");
  }

  @Test
  void defectIsReportedAtTheClassWithItsStackTrace() {
    Compiled compiled =
        Compilers.JAVAC.compile(
            Cases.named("good", "LeNet").sources(), List.of(new FullDiskProcessor()));

    assertThat(compiled.success()).isFalse();
    Compiled.Message message = compiled.messages().getFirst();
    assertThat(message.file()).isEqualTo("LeNet.java");
    assertThat(message.text()).startsWith("[gluonj/internal] ");
    assertThat(message.text()).contains("no space left");
    assertThat(message.text()).contains("at io.gluonj.processor.BlockStep.write");
  }

  @Test
  void sameSourcesInAnyOrderGiveTheSameText() {
    Map<String, String> sources = Cases.named("good", "Inheritance").sources();
    Map<String, String> reversed = new TreeMap<>((a, b) -> b.compareTo(a));
    reversed.putAll(sources);

    assertThat(Compilers.JAVAC.compile(reversed).generated())
        .isEqualTo(Compilers.JAVAC.compile(sources).generated());
  }

  @Test
  void generatedCodeCompilesInAModuleThatDoesNotReadJavaCompiler() {
    Map<String, String> sources = new TreeMap<>(Cases.named("good", "MyDense").sources());
    sources.put("module-info.java", "module demo { exports demo; }");
    Compiled compiled =
        Compilers.JAVAC.compile(
            sources, "-Werror", "-Xlint:-exports", "--add-reads", "demo=ALL-UNNAMED");

    assertThat(compiled.printed()).isEmpty();
    assertThat(compiled.success()).isTrue();
    assertThat(compiled.generated().get("demo/MyDense_Gluon.java")).doesNotContain("@Generated");
  }

  @Test
  void blockOfAnotherJarIsExtendedThroughItsClassFile(@TempDir Path jar) throws IOException {
    Map<String, String> sources = new TreeMap<>(Cases.named("good", "Inheritance").sources());
    Compiled together = Compilers.JAVAC.compile(sources);
    String library = Objects.requireNonNull(sources.remove("library/Convolution.java"));
    compileTo(jar, "library/Convolution.java", library);

    Compiled apart =
        Compilers.JAVAC.compile(sources, "-classpath", jar + File.pathSeparator + classPath());

    assertThat(apart.printed()).isEmpty();
    assertThat(apart.generated().get("demo/Conv_Gluon.java"))
        .isEqualTo(together.generated().get("demo/Conv_Gluon.java"));
  }

  @Test
  void compilersFindTheProcessorAndGradleItsKind() throws IOException {
    assertThat(resource("META-INF/services/javax.annotation.processing.Processor"))
        .contains(BlockProcessor.class.getName());
    assertThat(resource("META-INF/gradle/incremental.annotation.processors"))
        .contains(BlockProcessor.class.getName() + ",isolating");
  }

  private static void compileTo(Path jar, String path, String text) throws IOException {
    Path source = jar.resolve("src").resolve(path);
    Files.createDirectories(source.getParent());
    Files.writeString(source, text);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-d", jar.toString(), "-classpath", classPath(), "--release", "25"));
    arguments.addAll(List.of("-processor", BlockProcessor.class.getName(), source.toString()));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isEqualTo(0);
  }

  private static String classPath() {
    return Compilers.classPath();
  }

  private static List<String> resource(String name) throws IOException {
    List<String> lines = new ArrayList<>();
    var urls = BlockProcessor.class.getClassLoader().getResources(name);
    while (urls.hasMoreElements()) {
      try (var in = urls.nextElement().openStream()) {
        lines.addAll(new String(in.readAllBytes(), UTF_8).lines().toList());
      }
    }
    return lines;
  }
}

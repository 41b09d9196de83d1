package io.gluonj.processor;

import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;

/** The compilers that have to accept and refuse the same classes. */
enum Compilers {
  JAVAC {
    @Override
    JavaCompiler open() {
      return ToolProvider.getSystemJavaCompiler();
    }

    @Override
    List<String> options() {
      return List.of("-Xlint:all,-processing,-auxiliaryclass", "--should-stop=ifError=FLOW");
    }
  },
  ECJ {
    @Override
    JavaCompiler open() {
      return new EclipseCompiler();
    }

    @Override
    List<String> options() {
      return List.of();
    }
  };

  private static final class Stubs {
    static final Path CLASSES = compileStubs();
  }

  abstract JavaCompiler open();

  abstract List<String> options();

  /** Whether a message is one of ours or an error: ecj has opinions on the style of the cases. */
  private boolean concernsUs(Compiled.Message message) {
    return this == JAVAC || message.kind().equals("error") || message.text().startsWith("[gluonj");
  }

  /** Compiles {@code sources} with our processor. */
  Compiled compile(Map<String, String> sources, String... moreOptions) {
    return compile(sources, List.of(new BlockProcessor()), moreOptions);
  }

  /** Compiles {@code sources}, texts by path, with {@code processors}. */
  Compiled compile(
      Map<String, String> sources, List<? extends Processor> processors, String... moreOptions) {
    JavaCompiler compiler = open();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    StringWriter beside = new StringWriter();
    StandardJavaFileManager standard =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, UTF_8);
    MemoryFiles files = new MemoryFiles(standard);
    List<String> options = new ArrayList<>(options());
    options.addAll(List.of("--release", "25", "-classpath", classPath()));
    options.addAll(List.of(moreOptions));
    try (SourceFolder folder = SourceFolder.of(sources)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              beside,
              files,
              diagnostics,
              options,
              null,
              standard.getJavaFileObjectsFromPaths(folder.files()));
      task.setProcessors(processors);
      boolean success = task.call();
      return new Compiled(
          success,
          files.generated(),
          files.origins(),
          diagnostics.getDiagnostics().stream()
              .map(found -> message(found, folder))
              .filter(this::concernsUs)
              .toList(),
          beside.toString());
    }
  }

  private static Compiled.Message message(
      Diagnostic<? extends JavaFileObject> diagnostic, SourceFolder folder) {
    JavaFileObject source = diagnostic.getSource();
    String kind = diagnostic.getKind() == Diagnostic.Kind.ERROR ? "error" : "warning";
    String text = diagnostic.getMessage(Locale.ROOT).stripTrailing().replaceAll("\n +", "\n  ");
    if (source == null || diagnostic.getLineNumber() == Diagnostic.NOPOS) {
      return new Compiled.Message("-", 0, kind, text, "");
    }
    String file = folder.relative(source);
    return new Compiled.Message(
        file, diagnostic.getLineNumber(), kind, text, pointer(diagnostic, folder.text(source)));
  }

  private static String pointer(Diagnostic<?> diagnostic, String text) {
    int line = (int) diagnostic.getLineNumber();
    int column = (int) Math.max(1, diagnostic.getColumnNumber());
    return text.lines().skip(line - 1).findFirst().orElse("")
        + "\n"
        + " ".repeat(column - 1)
        + "^\n";
  }

  static String classPath() {
    return Stubs.CLASSES + File.pathSeparator + System.getProperty("java.class.path");
  }

  private static Path compileStubs() {
    try {
      Path target = Files.createDirectories(Cases.target().resolve("stubs"));
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of("-proc:none", "-Xlint:all", "-Werror", "--release", "25", "-d"));
      arguments.add(target.toString());
      arguments.addAll(List.of("-classpath", System.getProperty("java.class.path")));
      try (var files = Files.walk(Cases.resources().resolve("stubs"))) {
        files.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
      }
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, arguments.toArray(String[]::new));
      assertWithMessage("status of compiling the stubs").that(status).isEqualTo(0);
      return target;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}

package io.gluonj.processor;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/** Keeps generated sources and drops class files, so that a test leaves nothing behind. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
  private final Map<String, StringWriter> sources = new TreeMap<>();
  private final Map<String, Integer> origins = new TreeMap<>();

  MemoryFiles(JavaFileManager files) {
    super(files);
  }

  /** The generated sources by path. */
  Map<String, String> generated() {
    Map<String, String> texts = new TreeMap<>();
    sources.forEach((path, writer) -> texts.put(path, writer.toString()));
    return texts;
  }

  /** How many originating files each generated source has. */
  Map<String, Integer> origins() {
    return new TreeMap<>(origins);
  }

  @Override
  public JavaFileObject getJavaFileForOutputForOriginatingFiles(
      Location location,
      String className,
      JavaFileObject.Kind kind,
      FileObject... originatingFiles) {
    if (kind == JavaFileObject.Kind.SOURCE) {
      origins.put(path(className), originatingFiles.length);
    }
    return getJavaFileForOutput(location, className, kind, null);
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
    return kind == JavaFileObject.Kind.SOURCE ? keep(path(className)) : drop(className, kind);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    return a.toUri().equals(b.toUri());
  }

  private JavaFileObject keep(String path) {
    StringWriter text = new StringWriter();
    sources.put(path, text);
    return new SimpleJavaFileObject(URI.create("mem:///" + path), JavaFileObject.Kind.SOURCE) {
      @Override
      public Writer openWriter() {
        return text;
      }

      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text.toString();
      }
    };
  }

  private static JavaFileObject drop(String className, JavaFileObject.Kind kind) {
    return new SimpleJavaFileObject(
        URI.create("mem:///" + className.replace('.', '/') + kind.extension), kind) {
      @Override
      public OutputStream openOutputStream() {
        return new ByteArrayOutputStream();
      }
    };
  }

  private static String path(String className) {
    return className.replace('.', '/') + ".java";
  }
}

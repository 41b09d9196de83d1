package io.gluonj.cli.doctor;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The jars of the class path, which carry their versions in their names. */
public final class Artifacts {
  private Artifacts() {}

  /** All entries of the class path by name, sorted; folders of classes with their parent. */
  public static List<String> onClassPath() {
    return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .map(Artifacts::name)
        .distinct()
        .sorted()
        .toList();
  }

  private static String name(Path entry) {
    Path absolute = entry.toAbsolutePath().normalize();
    String name = String.valueOf(absolute.getFileName());
    return name.endsWith(".jar") ? name.substring(0, name.length() - 4) : absolute.toString();
  }
}

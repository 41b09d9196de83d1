package io.gluonj.natives;

import java.util.Locale;

/**
 * Operating system and processor architecture, spelled as in the classifiers of the platform jars.
 *
 * @param os {@code linux}, {@code macosx} or {@code windows}; the value of {@code os.name} in lower
 *     case when it is none of these
 * @param arch {@code x86_64} or {@code arm64}; the value of {@code os.arch} in lower case when it
 *     is neither
 */
public record Platform(String os, String arch) {

  /** The platform this JVM runs on. */
  public static Platform current() {
    return of(System.getProperty("os.name", "unknown"), System.getProperty("os.arch", "unknown"));
  }

  static Platform of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String arch = osArch.toLowerCase(Locale.ROOT);
    if (os.startsWith("mac")) {
      os = "macosx";
    } else if (os.startsWith("windows")) {
      os = "windows";
    }
    arch =
        switch (arch) {
          case "amd64", "x86-64", "x64" -> "x86_64";
          case "aarch64" -> "arm64";
          default -> arch;
        };
    return new Platform(os, arch);
  }

  /** The Maven classifier, for example {@code linux-x86_64}. */
  public String classifier() {
    return os + "-" + arch;
  }
}

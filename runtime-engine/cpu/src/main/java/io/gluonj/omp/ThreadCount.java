package io.gluonj.omp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How many threads compute: the user's word, else one per core. */
final class ThreadCount {
  /** More than any machine has; a larger number is a mistake that would exhaust the process. */
  private static final int MAX = 4096;

  private ThreadCount() {}

  /**
   * Decides.
   *
   * @param property value of the system property {@code gluonj.threads}
   * @param environment value of the environment variable {@code OMP_NUM_THREADS}; the first number
   *     of a list counts, and what is no number is ignored, as libgomp does
   * @param processors what the JVM may use; it knows about container limits
   * @param cores physical cores of the machine; two hyper-threads of a core share its vector units
   * @throws IllegalArgumentException if the property is not a number from 1 to 4096
   */
  static int decide(
      @Nullable String property, @Nullable String environment, int processors, int cores) {
    if (property != null && !property.isBlank()) {
      int threads = number(property);
      if (threads < 1) {
        throw new IllegalArgumentException(
            "Threads: -D"
                + OpenMp.THREADS
                + "="
                + property
                + " was given, a number from 1 to "
                + MAX
                + " is needed");
      }
      return threads;
    }
    if (environment != null) {
      int threads = number(environment.split(",", -1)[0]);
      if (threads >= 1) {
        return threads;
      }
    }
    return Math.max(1, Math.min(processors, cores));
  }

  /** The number, or 0 if it is none from 1 to {@link #MAX}. */
  private static int number(String text) {
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > 4 || !digits.chars().allMatch(Character::isDigit)) {
      return 0;
    }
    int value = Integer.parseInt(digits);
    return value <= MAX ? value : 0;
  }

  /** Physical cores, where the kernel tells; else {@code processors}. */
  static int physicalCores(Path cpus, int processors) {
    if (!Files.isDirectory(cpus)) {
      return processors;
    }
    Set<String> cores = new HashSet<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(cpus, "cpu[0-9]*")) {
      for (Path folder : folders) {
        Path siblings = folder.resolve("topology/thread_siblings_list");
        if (Files.isReadable(siblings)) {
          cores.add(Files.readString(siblings).strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the list of processors in " + cpus + " cannot be read", e);
    }
    return cores.isEmpty() ? processors : cores.size();
  }
}

package io.gluonj.cli.doctor;

import io.gluonj.llvm.ObjectCache;
import io.gluonj.natives.CacheFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folders in which native libraries and compiled kernels are kept between runs. */
public final class Caches {
  private Caches() {}

  /** Place, size and usability of each. */
  public static List<String> lines() {
    String kernels = System.getProperty(ObjectCache.KERNEL_CACHE, "");
    return List.of(
        "native libraries: " + state(CacheFolder.natives()),
        "compiled kernels: "
            + (kernels.equals("off")
                ? "off"
                : state(
                    kernels.isBlank() ? CacheFolder.home().resolve("kernels") : Path.of(kernels))));
  }

  private static String state(Path folder) {
    if (!Files.exists(folder)) {
      return folder + ", does not exist yet";
    }
    try {
      return folder
          + ", "
          + Bytes.text(size(folder))
          + (Files.isWritable(folder) ? ", writable" : ", NOT writable by this user");
    } catch (IOException | UncheckedIOException e) {
      return folder + ", cannot be read: " + e.getMessage();
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}

package io.gluonj.cuda.binding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import jcuda.JCudaVersion;
import jcuda.LibUtils;

/**
 * Loads the native half of a JCuda library.
 *
 * <p>JCuda extracts it into {@code java.io.tmpdir} under a fixed name and takes a file that lies
 * there already, whoever put it there; and it forms that name from the version of JCuda, so that
 * JCudnn 11.7 beside JCuda 12.6 asks for a file that no jar carries. Both are mended by showing
 * JCuda a temporary folder of this process alone, with the right file in it under the name asked
 * for.
 */
public final class JCudaNatives {
  private static final String TEMPORARY = "java.io.tmpdir";

  private JCudaNatives() {}

  /**
   * Runs JCuda's own loading.
   *
   * @param library JCuda's name of it, for example {@code JCudnn}
   * @param version version of the jar that carries it
   * @param initialize JCuda's method that loads it
   * @throws BindingException if the jar is not on the class path or cannot be extracted
   * @throws UnsatisfiedLinkError if the dynamic linker refuses it
   */
  public static synchronized void load(String library, String version, Runnable initialize)
      throws BindingException {
    String carried = fileName(library, version);
    Path folder = null;
    String before = System.getProperty(TEMPORARY);
    try {
      folder = Files.createTempDirectory("gluonj-jcuda-");
      Path file = folder.resolve(fileName(library, JCudaVersion.get()));
      try (InputStream in = LibUtils.class.getResourceAsStream("/lib/" + carried)) {
        if (in == null) {
          throw new BindingException(
              "lib/" + carried + " is not on the class path: its natives jar is missing");
        }
        Files.copy(in, file);
      }
      System.setProperty(TEMPORARY, folder.toString());
      initialize.run();
    } catch (IOException e) {
      throw new BindingException("lib/" + carried + " cannot be extracted: " + e.getMessage(), e);
    } finally {
      if (before != null) {
        System.setProperty(TEMPORARY, before);
      }
      delete(folder);
    }
  }

  private static String fileName(String library, String version) {
    return LibUtils.createLibraryFileName(
        LibUtils.createPlatformLibraryName(library + "-" + version));
  }

  /** A library that is open stays usable when its file is gone. */
  private static void delete(@org.jspecify.annotations.Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      folder.toFile().deleteOnExit(); // a system that keeps open files; only disk space is at stake
    }
  }
}

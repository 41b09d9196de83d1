package io.gluonj.cuda;

import io.gluonj.natives.CacheFolder;
import io.gluonj.natives.NativeArtifact;
import io.gluonj.natives.NativeLibraries;
import io.gluonj.natives.NativeLibraryException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import jcuda.JCudaVersion;

/**
 * Lets JCuda load its native halves from the engine's own cache.
 *
 * <p>JCuda opens {@code java.io.tmpdir/libJCuda….so} if there is such a file, whoever put it there
 * and whether or not it is complete, and writes it there otherwise. So the library is extracted by
 * {@link NativeLibraries}, which checks it and keeps it in a folder that only this user can write,
 * and JCuda is shown that folder as the one for temporary files while its class is initialised. A
 * library on {@code java.library.path} still comes first.
 */
public final class JCudaNatives {
  private static final String TEMPORARY = "java.io.tmpdir";

  private JCudaNatives() {}

  /**
   * Initialises a class of JCuda.
   *
   * @param carrier the artifact with the native half
   * @param initialize makes JCuda load it, for instance by a call of its {@code
   *     setExceptionsEnabled}
   * @throws io.gluonj.natives.NativeLibraryException if it cannot be extracted
   * @throws LinkageError if the dynamic linker refuses it, or a class or symbol is missing
   */
  public static void load(NativeArtifact carrier, Runnable initialize) {
    Path folder = NativeLibraries.system().extract(carrier);
    renameForJCuda(folder, carrier);
    synchronized (JCudaNatives.class) {
      String before = System.getProperty(TEMPORARY);
      System.setProperty(TEMPORARY, folder.toString());
      try {
        initialize.run();
      } finally {
        System.setProperty(TEMPORARY, before);
      }
    }
  }

  /**
   * JCuda asks for its libraries by its own version: JCudnn 11.7 beside JCuda 12.6 asks for a file
   * that no jar carries. It gets a link of that name.
   */
  private static void renameForJCuda(Path folder, NativeArtifact carrier) {
    String carried = carrier.files().getLast();
    String wanted = carried.replace("-" + carrier.version() + "-", "-" + JCudaVersion.get() + "-");
    Path link = folder.resolve(wanted);
    if (Files.exists(link)) {
      return;
    }
    try {
      Files.createSymbolicLink(link, Path.of(carried));
    } catch (FileAlreadyExistsException e) {
      return; // another process was faster
    } catch (IOException e) {
      throw new NativeLibraryException(
          wanted,
          "a link to " + carried + " cannot be made in " + folder,
          String.valueOf(e.getMessage()),
          "let -D" + CacheFolder.NATIVE_CACHE + " name a folder whose file system has links",
          e);
    }
  }
}

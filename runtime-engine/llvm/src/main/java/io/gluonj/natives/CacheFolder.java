package io.gluonj.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where the engine keeps files that the process later executes: extracted libraries and compiled
 * kernels.
 *
 * <p>Whoever can write such a folder can run code as this user. A folder is therefore created with
 * permissions {@code rwx------}, and one that exists is used only if it belongs to this user and
 * nobody else may write it.
 */
public final class CacheFolder {

  /** System property naming the folder for extracted libraries. */
  public static final String NATIVE_CACHE = "gluonj.native.cache";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private CacheFolder() {}

  /** Value of {@value #NATIVE_CACHE}, else {@code natives} in {@link #home()}. */
  public static Path natives() {
    String named = System.getProperty(NATIVE_CACHE);
    return named == null || named.isBlank() ? home().resolve("natives") : Path.of(named);
  }

  /** {@code ${user.home}/.cache/gluonj}: the default place of everything the engine caches. */
  public static Path home() {
    return Path.of(System.getProperty("user.home", ""), ".cache", "gluonj").toAbsolutePath();
  }

  /**
   * Makes sure that {@code folder} exists and is private to this user.
   *
   * @return {@code folder}
   * @throws IOException if it cannot be created or written, belongs to someone else, or others may
   *     write it; the message says which
   */
  public static Path makePrivate(Path folder) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.isDirectory(folder)) {
      if (posix) {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      } else {
        Files.createDirectories(folder);
      }
    }
    if (posix) {
      checkOwner(folder);
      checkPermissions(folder);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException("folder " + folder + " is not writable by this user");
    }
    return folder;
  }

  private static void checkOwner(Path folder) throws IOException {
    Path self = Path.of("/proc/self");
    if (!Files.exists(self)) {
      return; // the effective user of the process is known only where there is a proc file system
    }
    Object owner = Files.getAttribute(folder, "unix:uid");
    Object user = Files.getAttribute(self, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (!owner.equals(user)) {
      throw new IOException(
          "folder "
              + folder
              + " belongs to user id "
              + owner
              + ", this process runs as user id "
              + user);
    }
  }

  private static void checkPermissions(Path folder) throws IOException {
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(folder);
    if (found.contains(PosixFilePermission.GROUP_WRITE)
        || found.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          "folder "
              + folder
              + " has permissions "
              + PosixFilePermissions.toString(found)
              + ": others could put code there");
    }
  }
}

package io.gluonj.llvm;

import io.gluonj.natives.CacheFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Compiled object code on disk, so that the second start of a program compiles nothing.
 *
 * <p>One file per key: the SHA-256 of the object code, then the object code. A file that does not
 * match its hash is deleted and compiled again. Files are moved into place whole, so several
 * processes may share a folder. A folder that cannot be used costs compile time and nothing else;
 * it is reported once through {@link System.Logger}.
 */
public final class ObjectCache {

  /** System property: folder for compiled kernels, or {@code off}. */
  public static final String KERNEL_CACHE = "gluonj.kernel.cache";

  private static final System.Logger LOG = System.getLogger(ObjectCache.class.getName());
  private static final int HASH = 32;
  private static final long MAX_SIZE = 64L << 20;

  private volatile @Nullable Path folder;
  private boolean checked;

  private ObjectCache(@Nullable Path folder) {
    this.folder = folder;
  }

  /**
   * The folder named by {@value #KERNEL_CACHE}; {@code ${user.home}/.cache/gluonj/kernels} unless
   * set.
   */
  public static ObjectCache standard() {
    String named = System.getProperty(KERNEL_CACHE);
    if (named == null || named.isBlank()) {
      return in(CacheFolder.home().resolve("kernels"));
    }
    return named.equals("off") ? none() : in(Path.of(named));
  }

  /** A cache in a folder, which is created when first needed. */
  public static ObjectCache in(Path folder) {
    return new ObjectCache(folder);
  }

  /** A cache that keeps nothing. */
  public static ObjectCache none() {
    return new ObjectCache(null);
  }

  /** What is stored under {@code key}, a hash in hexadecimal digits; null if nothing is. */
  public byte @Nullable [] find(String key) {
    Path usable = usableFolder();
    if (usable == null) {
      return null;
    }
    Path file = fileOf(usable, key);
    try {
      if (Files.size(file) > MAX_SIZE) {
        Files.delete(file);
        return null;
      }
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length > HASH) {
        byte[] code = Arrays.copyOfRange(bytes, HASH, bytes.length);
        if (Arrays.equals(bytes, 0, HASH, Hash.sha256().digest(code), 0, HASH)) {
          return code;
        }
      }
      Files.delete(file);
      return null;
    } catch (NoSuchFileException absent) {
      return null;
    } catch (IOException e) {
      giveUp(usable, e);
      return null;
    }
  }

  /** Stores object code, or another costly finding, under a hash in hexadecimal digits. */
  public void store(String key, byte[] code) {
    Path usable = usableFolder();
    if (usable == null) {
      return;
    }
    try {
      Path file = fileOf(usable, key);
      Files.createDirectories(file.getParent());
      Path part = Files.createTempFile(usable, key, ".part");
      try {
        MessageDigest sha = Hash.sha256();
        ByteBuffer whole = ByteBuffer.allocate(HASH + code.length).put(sha.digest(code)).put(code);
        try (OutputStream out = Files.newOutputStream(part)) {
          out.write(whole.array());
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      giveUp(usable, e);
    }
  }

  private static Path fileOf(Path folder, String key) {
    return folder.resolve(key.substring(0, 2)).resolve(key.substring(2) + ".o");
  }

  private synchronized @Nullable Path usableFolder() {
    Path wanted = folder;
    if (wanted != null && !checked) {
      checked = true;
      try {
        CacheFolder.makePrivate(wanted);
      } catch (IOException e) {
        giveUp(wanted, e);
      }
    }
    return folder;
  }

  private synchronized void giveUp(Path unusable, IOException e) {
    if (folder != null) {
      folder = null;
      LOG.log(
          System.Logger.Level.WARNING,
          "Compiled kernels are not kept in "
              + unusable
              + ", so every start compiles them again\n  because  "
              + e
              + "\n  fix      name a folder that this user can write and nobody else can, with -D"
              + KERNEL_CACHE
              + "=DIR, or -D"
              + KERNEL_CACHE
              + "=off");
    }
  }
}

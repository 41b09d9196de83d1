package io.gluonj.natives;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Extracts the libraries of a {@link NativeArtifact} from its jar on the class path and opens them.
 *
 * <p>Safe for use by several threads and several processes. Nothing is ever downloaded.
 */
public final class NativeLibraries {
  private static final NativeLibraries SYSTEM =
      new NativeLibraries(NativeLibraries.class.getClassLoader(), null, Platform.current());

  private final ClassLoader loader;
  private final @Nullable Path cache;
  private final Platform platform;
  private final Map<NativeArtifact, Path> extracted = new ConcurrentHashMap<>();

  NativeLibraries(ClassLoader loader, @Nullable Path cache, Platform platform) {
    this.loader = loader;
    this.cache = cache;
    this.platform = platform;
  }

  /** The libraries of this program's class path, cached in {@link CacheFolder#natives()}. */
  public static NativeLibraries system() {
    return SYSTEM;
  }

  /**
   * The folder that holds all files of {@code artifact}, extracted on the first call.
   *
   * @throws NativeLibraryException if the platform is not supported, no jar carries the files, or
   *     the cache folder cannot be used
   */
  public Path extract(NativeArtifact artifact) {
    return extracted.computeIfAbsent(artifact, this::extractNow);
  }

  /**
   * Opens one file of an artifact for the life of the JVM.
   *
   * @param artifact the carrier
   * @param file one of {@link NativeArtifact#files()}
   * @throws NativeLibraryException as {@link #extract}, and when the dynamic linker refuses the
   *     library or native access is denied to this program
   */
  public SymbolLookup open(NativeArtifact artifact, String file) {
    Path path = extract(artifact).resolve(file);
    try {
      return SymbolLookup.libraryLookup(path, Arena.global());
    } catch (IllegalCallerException denied) {
      throw new NativeLibraryException(
          file,
          "native access is denied to this program",
          String.valueOf(denied.getMessage()),
          "start java with --enable-native-access=ALL-UNNAMED",
          denied);
    } catch (IllegalArgumentException refused) {
      throw new NativeLibraryException(
          file,
          "the dynamic linker refused " + path,
          DynamicLinker.reason(path),
          "install what the line above misses (glibc 2.34 or newer and libstdc++ of GCC 11 or newer"
              + " are needed); if the cache lies on a file system mounted noexec, name another folder with -D"
              + CacheFolder.NATIVE_CACHE
              + "=DIR",
          refused);
    }
  }

  private Path extractNow(NativeArtifact artifact) {
    if (!artifact.classifiers().contains(platform.classifier())) {
      throw new NativeLibraryException(
          artifact.library(),
          "platform " + platform.classifier() + " is not supported",
          "the engine was built for " + String.join(", ", artifact.classifiers()) + " only",
          "run on one of these platforms, or use the reference backend",
          null);
    }
    List<CarriedFile> files = new ArrayList<>();
    for (String name : artifact.files()) {
      files.add(find(artifact, name));
    }
    Path base = cache == null ? CacheFolder.natives() : cache;
    Path folder =
        base.resolve(artifact.artifact() + "-" + artifact.version() + "-" + fingerprint(files));
    try {
      CacheFolder.makePrivate(folder);
      Extraction extraction = new Extraction(folder);
      for (CarriedFile file : files) {
        extraction.place(file);
      }
      return folder;
    } catch (IOException e) {
      throw new NativeLibraryException(
          artifact.library(),
          "could not be extracted to " + folder,
          e.getClass().getSimpleName() + ": " + e.getMessage(),
          "name a folder that this user can write and nobody else can, with -D"
              + CacheFolder.NATIVE_CACHE
              + "=DIR (about 300 MB are needed); if the jar is"
              + " damaged, delete it from the local Maven repository",
          e);
    }
  }

  private CarriedFile find(NativeArtifact artifact, String name) {
    String resource = artifact.resource(platform, name);
    URL url = loader.getResource(resource);
    if (url == null) {
      throw new NativeLibraryException(
          name,
          "no jar on the class path carries it",
          "the class path has no resource " + resource,
          "add the dependency "
              + artifact.coordinates(platform)
              + " (that is: <classifier>"
              + platform.classifier()
              + "</classifier>, and exclude its own dependencies, which are not needed)",
          null);
    }
    try {
      return CarriedFile.read(name, url);
    } catch (IOException e) {
      throw new NativeLibraryException(
          name,
          "its jar could not be read: " + url,
          e.getClass().getSimpleName() + ": " + e.getMessage(),
          "delete the jar from the local Maven repository and let Maven fetch it again",
          e);
    }
  }

  /**
   * Short hash of names, sizes and CRCs: jars of one version with other contents get folders of
   * their own.
   */
  private static String fingerprint(List<CarriedFile> files) {
    StringBuilder text = new StringBuilder();
    for (CarriedFile file : files) {
      text.append(file.name()).append(' ').append(file.size()).append(' ').append(file.crc());
      text.append('\n');
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Objects.requireNonNull(hash), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}

package io.gluonj.natives;

import java.util.List;
import java.util.Set;

/**
 * A jar that carries native libraries, and the files wanted from it.
 *
 * @param group Maven group id
 * @param artifact Maven artifact id
 * @param version version the engine was built and tested with; used in messages and folder names
 * @param folder folder inside the jar; {@code %s} in it stands for the platform
 * @param files files of that sub-folder, each after the ones it needs; the last one is the library
 *     itself. They are extracted beside each other, so that a library's {@code $ORIGIN} run path
 *     finds the ones it needs.
 * @param classifiers platforms for which these file names are right
 */
public record NativeArtifact(
    String group,
    String artifact,
    String version,
    String folder,
    List<String> files,
    Set<String> classifiers) {

  /** oneDNN 3.13 with the GNU OpenMP runtime it is linked with. */
  public static final NativeArtifact DNNL =
      new NativeArtifact(
          "org.bytedeco",
          "dnnl",
          "3.13-1.5.14",
          "org/bytedeco/dnnl/%s",
          List.of("libgomp.so.1", "libdnnl.so.3"),
          Set.of("linux-x86_64"));

  /**
   * LLVM 20.1 with the x86 and NVPTX targets; needs the system's {@code libz.so.1} and {@code
   * libstdc++.so.6}.
   */
  public static final NativeArtifact LLVM =
      new NativeArtifact(
          "org.bytedeco",
          "llvm",
          "20.1.7-1.5.12",
          "org/bytedeco/llvm/%s",
          List.of("libLLVM.so"),
          Set.of("linux-x86_64"));

  /** JCuda's half of the driver API; needs the NVIDIA driver's {@code libcuda.so.1}. */
  public static final NativeArtifact JCUDA_DRIVER = jcuda("jcuda", "12.6.0", "JCudaDriver");

  /** JCuda's half of cuBLAS; needs {@code libcublas.so.12}. */
  public static final NativeArtifact JCUBLAS = jcuda("jcublas", "12.6.0", "JCublas2");

  /** JCuda's half of cuDNN; needs {@code libcudnn.so.8}. */
  public static final NativeArtifact JCUDNN = jcuda("jcudnn", "11.7.0", "JCudnn");

  private static NativeArtifact jcuda(String artifact, String version, String library) {
    return new NativeArtifact(
        "org.jcuda",
        artifact + "-natives",
        version,
        "lib",
        List.of("lib" + library + "-" + version + "-linux-x86_64.so"),
        Set.of("linux-x86_64"));
  }

  /** Copies the collections. */
  public NativeArtifact {
    files = List.copyOf(files);
    classifiers = Set.copyOf(classifiers);
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          "NativeArtifact " + artifact + ": files must name at least one library");
    }
    for (String file : files) {
      if (file.isEmpty() || file.contains("/") || file.contains("\\") || file.equals("..")) {
        throw new IllegalArgumentException(
            "NativeArtifact " + artifact + ": '" + file + "' is not a plain file name");
      }
    }
  }

  /** The library itself: the last of {@link #files}. */
  public String library() {
    return files.getLast();
  }

  /** Maven coordinates for a platform, {@code group:artifact:version:classifier}. */
  public String coordinates(Platform platform) {
    return group + ":" + artifact + ":" + version + ":" + platform.classifier();
  }

  /** Class path resource of a file on a platform. */
  String resource(Platform platform, String file) {
    return folder.replace("%s", platform.classifier()) + "/" + file;
  }
}

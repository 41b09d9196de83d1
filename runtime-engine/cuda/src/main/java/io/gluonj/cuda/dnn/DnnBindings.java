package io.gluonj.cuda.dnn;

import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.binding.Binding;
import io.gluonj.cuda.binding.Bindings;
import io.gluonj.cuda.binding.LibraryFiles;
import java.util.List;
import java.util.Optional;

/**
 * The libraries for convolutions, most preferred first. The last one is none: then the engine's own
 * kernels unroll windows and multiply matrices.
 */
public final class DnnBindings {
  /** System property that forces one: {@code jcudnn}, {@code bytedeco} or {@code own}. */
  public static final String PROPERTY = "gluonj.cuda.dnn";

  private static final class Shared {
    static final Bindings<Gpu, Optional<Dnn>> BINDINGS = of(LibraryFiles.ofMachine());
  }

  private DnnBindings() {}

  /** Those of this machine. */
  public static Bindings<Gpu, Optional<Dnn>> shared() {
    return Shared.BINDINGS;
  }

  static Bindings<Gpu, Optional<Dnn>> of(LibraryFiles files) {
    return new Bindings<>(
        "convolutions",
        PROPERTY,
        List.of(
            new Binding<>("jcudnn", "JCudnn 11.7 with cuDNN 8", () -> JCudnnDnn.load(files)),
            new Binding<>(
                "bytedeco", "JavaCPP CUDA 13.1 with cuDNN 9", () -> BytedecoCudnn.load(files)),
            new Binding<>(
                "own",
                "own kernels with matrix products",
                () -> new Binding.Loaded<>("built in", gpu -> Optional.empty()))));
  }
}

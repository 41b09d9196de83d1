package io.gluonj.cuda.blas;

import io.gluonj.cuda.binding.Binding;
import io.gluonj.cuda.binding.Bindings;
import io.gluonj.cuda.binding.LibraryFiles;
import java.util.List;

/** The libraries for matrix products, most preferred first. */
public final class BlasBindings {
  /** System property that forces one: {@code jcublas}, {@code bytedeco} or {@code own}. */
  public static final String PROPERTY = "gluonj.cuda.blas";

  private static final class Shared {
    static final Bindings<BlasDevice, Blas> BINDINGS = of(LibraryFiles.ofMachine());
  }

  private BlasBindings() {}

  /** Those of this machine. */
  public static Bindings<BlasDevice, Blas> shared() {
    return Shared.BINDINGS;
  }

  static Bindings<BlasDevice, Blas> of(LibraryFiles files) {
    return new Bindings<>(
        "matrix products",
        PROPERTY,
        List.of(
            new Binding<>("jcublas", "JCublas 12.6 with cuBLAS 12", () -> JCublas.load(files)),
            new Binding<>(
                "bytedeco", "JavaCPP CUDA 13.1 with cuBLAS 13", () -> BytedecoCublas.load(files)),
            new Binding<>(
                "own", "own kernels", () -> new Binding.Loaded<>("built in", PtxBlas::new))));
  }
}

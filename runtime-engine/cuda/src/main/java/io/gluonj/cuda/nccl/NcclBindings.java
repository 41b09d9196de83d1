package io.gluonj.cuda.nccl;

import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.binding.Binding;
import io.gluonj.cuda.binding.Bindings;
import io.gluonj.cuda.binding.LibraryFiles;
import java.util.List;
import java.util.Optional;

/** NCCL, or nothing: then arrays are copied between devices and added. */
public final class NcclBindings {
  /** System property that forces one: {@code bytedeco} or {@code own}. */
  public static final String PROPERTY = "gluonj.cuda.nccl";

  private static final class Shared {
    static final Bindings<List<Gpu>, Optional<AllReduce>> BINDINGS = of(LibraryFiles.ofMachine());
  }

  private NcclBindings() {}

  /** Those of this machine. */
  public static Bindings<List<Gpu>, Optional<AllReduce>> shared() {
    return Shared.BINDINGS;
  }

  static Bindings<List<Gpu>, Optional<AllReduce>> of(LibraryFiles files) {
    return new Bindings<>(
        "sums across GPUs",
        PROPERTY,
        List.of(
            new Binding<>(
                "bytedeco", "JavaCPP CUDA 13.1 with NCCL 2", () -> BytedecoNccl.load(files)),
            new Binding<>(
                "own",
                "copies and additions",
                () -> new Binding.Loaded<>("built in", gpus -> Optional.empty()))));
  }
}

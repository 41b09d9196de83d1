package io.gluonj.cuda.nccl;

import static io.gluonj.cuda.binding.Addresses.bytedeco;

import io.gluonj.cuda.CudaException;
import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.binding.Binding;
import io.gluonj.cuda.binding.BindingException;
import io.gluonj.cuda.binding.BytedecoNatives;
import io.gluonj.cuda.binding.LibraryFiles;
import io.gluonj.types.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.nccl;
import org.bytedeco.cuda.nccl.ncclComm;
import org.bytedeco.javacpp.PointerPointer;

/** NCCL 2 by the JavaCPP presets. */
final class BytedecoNccl implements AllReduce {
  private static final List<String> FUNCTIONS =
      List.of(
          "ncclGetVersion",
          "ncclGetErrorString",
          "ncclCommInitAll",
          "ncclCommDestroy",
          "ncclGroupStart",
          "ncclGroupEnd",
          "ncclAllReduce");

  /** {@code ncclSum} in {@code nccl.h}. */
  private static final int SUM = 0;

  private final List<Gpu> gpus;
  private final List<ncclComm> communicators = new ArrayList<>();

  private BytedecoNccl(List<Gpu> gpus) {
    this.gpus = List.copyOf(gpus);
    int[] devices = gpus.stream().mapToInt(Gpu::index).toArray();
    try (var all = new PointerPointer<ncclComm>(devices.length)) {
      check(nccl.ncclCommInitAll(all, devices.length, devices), "ncclCommInitAll of " + gpus);
      for (int i = 0; i < devices.length; i++) {
        communicators.add(all.get(ncclComm.class, i));
      }
    } finally {
      gpus.getFirst().reactivate(); // NCCL chooses devices behind our back
    }
  }

  /** Loads the library and its binding. */
  static Binding.Loaded<List<Gpu>, Optional<AllReduce>> load(LibraryFiles files)
      throws BindingException {
    BytedecoNatives.requireRuntime(files);
    String found = files.open("libnccl.so.2", FUNCTIONS);
    BytedecoNatives.load(nccl.class);
    int[] version = new int[1];
    check(nccl.ncclGetVersion(version), "ncclGetVersion");
    return new Binding.Loaded<>(
        found + ", NCCL " + version(version[0]), gpus -> Optional.of(new BytedecoNccl(gpus)));
  }

  /** {@code 2.28.9} for 22809. */
  static String version(int number) {
    return number / 10_000 + "." + number / 100 % 100 + "." + number % 100;
  }

  /** {@code ncclDataType_t} in {@code nccl.h}. */
  static int dataType(DType type) {
    return switch (type) {
      case INT8 -> 0;
      case UINT8 -> 1;
      case INT32 -> 2;
      case INT64 -> 4;
      case FLOAT16 -> 6;
      case FLOAT32 -> 7;
      case FLOAT64 -> 8;
      case BFLOAT16 -> 9;
      case BOOL -> throw new IllegalArgumentException("bool has no sum");
    };
  }

  private static void check(int status, String call) {
    if (status != 0) {
      throw new CudaException(
          status,
          call + " returned " + status,
          nccl.ncclGetErrorString(status).getString(),
          "NCCL_DEBUG=INFO in the environment makes it say more; -D"
              + NcclBindings.PROPERTY
              + "=own copies and adds instead");
    }
  }

  @Override
  public void sum(long[] parts, long[] totals, long elements, DType type) {
    check(nccl.ncclGroupStart(), "ncclGroupStart");
    try {
      for (int i = 0; i < parts.length; i++) {
        check(
            nccl.ncclAllReduce(
                bytedeco(parts[i]),
                bytedeco(totals[i]),
                elements,
                dataType(type),
                SUM,
                communicators.get(i),
                new CUstream_st(bytedeco(gpus.get(i).compute().handle()))),
            "ncclAllReduce on " + gpus.get(i));
      }
    } finally {
      int ended = nccl.ncclGroupEnd();
      gpus.getFirst().reactivate();
      check(ended, "ncclGroupEnd");
    }
    for (Gpu gpu : gpus) {
      gpu.compute().enqueued("ncclAllReduce");
    }
  }

  @Override
  public void close() {
    for (ncclComm communicator : communicators) {
      check(nccl.ncclCommDestroy(communicator), "ncclCommDestroy");
    }
    gpus.getFirst().reactivate();
  }
}

package io.gluonj.backend.cuda;

import io.gluonj.backend.Storage;
import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.nccl.AllReduce;
import io.gluonj.cuda.nccl.NcclBindings;
import io.gluonj.types.DType;
import io.gluonj.types.TensorType;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Sums of equal arrays across several GPUs by NCCL, which keeps one group for each set of them. */
final class DeviceSums {
  private final Map<List<Integer>, Optional<AllReduce>> groups = new HashMap<>();

  /**
   * Enqueues a sum; see {@link io.gluonj.backend.Backend#sumAcross}.
   *
   * @return whether it was done: not without NCCL, on one device twice, or of bool
   */
  boolean sum(List<Storage> parts, List<Storage> totals, TensorType type) {
    List<Integer> devices = parts.stream().map(p -> p.device().index()).toList();
    boolean suits =
        devices.size() > 1
            && devices.stream().distinct().count() == devices.size()
            && type.dtype() != DType.BOOL;
    if (!suits) {
      return false;
    }
    Optional<AllReduce> group = group(devices);
    if (group.isEmpty()) {
      return false;
    }
    if (type.shape().size() > 0) {
      long[] from = parts.stream().mapToLong(Storage::address).toArray();
      long[] to = totals.stream().mapToLong(Storage::address).toArray();
      List<Integer> order =
          IntStream.range(0, from.length)
              .boxed()
              .sorted(Comparator.comparing(devices::get))
              .toList();
      inOrder(
          parts,
          order,
          i -> new long[][] {{from[i], to[i]}},
          () -> group.get().sum(from, to, type.shape().size(), type.dtype()));
    }
    return true;
  }

  private synchronized Optional<AllReduce> group(List<Integer> devices) {
    return groups.computeIfAbsent(
        devices, d -> NcclBindings.shared().open(d.stream().map(Gpu::of).toList()));
  }

  /** Operands on one of the devices. */
  private interface Operands {
    long[][] of(int device);
  }

  /**
   * Takes the devices' locks in the order of their numbers, as every one does who takes several.
   */
  private static void inOrder(
      List<Storage> parts, List<Integer> order, Operands operands, Runnable work) {
    if (order.isEmpty()) {
      work.run();
    } else {
      int first = order.getFirst();
      CudaDevice.of(parts.get(first).device())
          .enqueue(
              operands.of(first),
              () -> inOrder(parts, order.subList(1, order.size()), operands, work));
    }
  }
}

package io.gluonj.data;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Puts equal parts side by side; see {@link Batchify#stack()}. */
record Stack<T>() implements Batchify<T> {

  @Override
  public List<NDArray> apply(List<? extends T> samples, Device device) {
    if (samples.isEmpty()) {
      throw new InvalidArgumentException(
          "Batchify.stack: no samples", "a batch holds at least one", "check the batch sampler");
    }
    List<List<HostArray>> parted = new ArrayList<>(samples.size());
    for (T sample : samples) {
      parted.add(HostParts.of(sample));
    }
    checkEqual(parted);
    List<NDArray> arrays = new ArrayList<>();
    try {
      for (int part = 0; part < parted.getFirst().size(); part++) {
        arrays.add(stacked(parted, part, device));
      }
      return arrays;
    } catch (RuntimeException | Error e) {
      arrays.forEach(NDArray::close);
      throw e;
    }
  }

  private static NDArray stacked(List<List<HostArray>> samples, int part, Device device) {
    HostArray first = samples.getFirst().get(part);
    long bytes = first.values().byteSize();
    TensorType type = new TensorType(first.shape().insert(0, samples.size()), first.dtype());
    MemorySegment batch = HostArray.bytes(type);
    for (int row = 0; row < samples.size(); row++) {
      MemorySegment values = samples.get(row).get(part).values();
      MemorySegment.copy(values, 0, batch, row * bytes, bytes);
    }
    return NDArray.of(batch, type, device);
  }

  private static void checkEqual(List<List<HostArray>> samples) {
    List<HostArray> first = samples.getFirst();
    for (int row = 1; row < samples.size(); row++) {
      List<HostArray> other = samples.get(row);
      if (other.size() != first.size()) {
        throw different(row, other.size() + " parts", first.size() + " parts");
      }
      for (int part = 0; part < first.size(); part++) {
        DType dtype = first.get(part).dtype();
        Shape shape = first.get(part).shape();
        HostArray found = other.get(part);
        if (found.dtype() != dtype || !found.shape().equals(shape)) {
          throw different(row, "" + found.dtype() + found.shape(), "" + dtype + shape);
        }
      }
    }
  }

  private static InvalidArgumentException different(int row, String found, String first) {
    return new InvalidArgumentException(
        "Batchify.stack: sample %d of the batch has %s, sample 0 has %s"
            .formatted(row, found, first),
        "samples that are put side by side have the same type and shape",
        "transform all samples to one shape, or give the loader an own batchify");
  }
}

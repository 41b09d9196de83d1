package io.gluonj.tensor;

import io.gluonj.backend.Backend;
import io.gluonj.backend.Backends;
import io.gluonj.backend.Storage;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What several devices compute together. Nothing here is recorded. */
public final class Collectives {
  private Collectives() {}

  /**
   * Sums arrays of one type, each on its own device (an all-reduce).
   *
   * <p>Devices of one kind may have a faster way of their own (NCCL). Otherwise the arrays are
   * copied to the first one's device, added there in the given order, and the sum is copied back:
   * the result is the same at each run. Either way all totals are equal bit for bit.
   *
   * @return the total on each array's device, in the order of the arrays
   * @throws InvalidArgumentException if there is no array, or their types differ
   */
  public static List<NDArray> sum(List<NDArray> arrays) {
    TensorType type = type(arrays);
    Device first = arrays.getFirst().device();
    var devices = new HashSet<Device>();
    boolean together = arrays.size() > 1;
    for (NDArray array : arrays) {
      together &= array.device().kind() == first.kind() && devices.add(array.device());
    }
    List<NDArray> totals = together ? across(arrays, type) : List.of();
    return totals.isEmpty() ? sum(arrays, first) : totals;
  }

  /**
   * Sums arrays of one type on a given device, in their order, and copies the total to each array's
   * device.
   */
  public static List<NDArray> sum(List<NDArray> arrays, Device where) {
    type(arrays);
    return Autograd.detached(() -> {
      try (TensorScope scope = TensorScope.open()) {
        NDArray total = arrays.getFirst().to(where);
        for (NDArray next : arrays.subList(1, arrays.size())) {
          NDArray moved = next.to(where);
          NDArray sum = total.add(moved);
          closeUnlessIn(arrays, total);
          closeUnlessIn(arrays, moved);
          total = sum;
        }
        var totals = new ArrayList<NDArray>();
        for (NDArray array : arrays) {
          boolean there = array.device().equals(where);
          NDArray each = there ? total.detach() : total.copyTo(array.device());
          totals.add(scope.keep(each));
        }
        return List.copyOf(totals);
      }
    });
  }

  /**
   * The mean of arrays of one type on a given device, taken in double precision: of equal values it
   * is that value, bit for bit.
   *
   * @return an array of its own; of integers the first array's values
   */
  public static NDArray mean(List<NDArray> arrays, Device where) {
    TensorType type = type(arrays);
    if (arrays.size() == 1 || !type.dtype().isFloating()) {
      NDArray only = arrays.getFirst();
      return only.device().equals(where) ? only.detach() : only.copyTo(where);
    }
    double[] sum = new double[Math.toIntExact(type.shape().size())];
    for (NDArray array : arrays) {
      double[] values = array.toDoubles();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i];
      }
    }
    return NewArrays.filled(
        type,
        where,
        host -> {
          for (int i = 0; i < sum.length; i++) {
            type.dtype().write(host, i, sum[i] / arrays.size());
          }
        });
  }

  /** Frees a temporary array early; several devices' gradients may be large. */
  private static void closeUnlessIn(List<NDArray> arrays, NDArray array) {
    if (!arrays.contains(array)) {
      array.close();
    }
  }

  /** Lets the backend do it; empty if it has no way of its own. */
  private static List<NDArray> across(List<NDArray> arrays, TensorType type) {
    Device first = arrays.getFirst().device();
    Backend backend = Backends.of(first);
    var parts = new ArrayList<Storage>();
    var totals = new ArrayList<Storage>();
    boolean done = false;
    try {
      for (NDArray array : arrays) {
        parts.add(array.acquire());
        totals.add(Backends.of(array.device()).memory(array.device()).allocate(type.bytes()));
      }
      done = backend.sumAcross(parts, totals, type);
      return done ? totals.stream().map(s -> new NDArray(type, s)).toList() : List.of();
    } finally {
      parts.forEach(Storage::release);
      if (!done) {
        totals.forEach(Storage::release);
      }
    }
  }

  private static TensorType type(List<NDArray> arrays) {
    if (arrays.isEmpty()) {
      throw new InvalidArgumentException(
          "a sum over devices was asked for, of no arrays",
          "the sum has the type and devices of its terms",
          "pass one array for each device");
    }
    TensorType type = arrays.getFirst().type();
    for (NDArray array : arrays) {
      if (!array.type().equals(type)) {
        throw new InvalidArgumentException(
            "a sum over devices of %s on %s and %s on %s"
                .formatted(type, arrays.getFirst().device(), array.type(), array.device()),
            "the terms of a sum over devices have one type",
            "split batches along the batch axis only, so that parameters are alike everywhere");
      }
    }
    return type;
  }
}

package io.gluonj.gluon;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;

/** Divides batches over devices (Gluon: {@code gluon.utils}). */
public final class Split {
  private Split() {}

  /** Divides into equal parts along the first axis. */
  public static List<NDArray> splitData(NDArray array, int parts) {
    return splitData(array, parts, 0, true);
  }

  /**
   * Divides an array into parts that follow each other along an axis (Gluon: {@code split_data}).
   *
   * @param batchAxis the axis that counts samples
   * @param evenSplit whether all parts must have the same size; else the first ones may have one
   *     sample more
   * @return new arrays on the array's device
   * @throws InvalidArgumentException if the array cannot be divided like that
   */
  public static List<NDArray> splitData(
      NDArray array, int parts, int batchAxis, boolean evenSplit) {
    int rank = array.shape().rank();
    if (parts < 1 || batchAxis < 0 || batchAxis >= rank) {
      throw new InvalidArgumentException(
          "an array of shape %s was to be split into %d parts along axis %d"
              .formatted(array.shape(), parts, batchAxis),
          "there is at least one part, and axes are numbered from 0 to " + (rank - 1),
          "pass the number of devices and the axis that counts samples");
    }
    long size = array.shape().dim(batchAxis);
    if (size < parts || (evenSplit && size % parts != 0)) {
      throw new InvalidArgumentException(
          "%d samples (axis %d of shape %s) were to be split into %d parts"
              .formatted(size, batchAxis, array.shape(), parts),
          size < parts ? "each part needs a sample" : "the parts would not have the same size",
          size < parts
              ? "use fewer devices for this batch, or LastBatch.DISCARD"
              : "use a batch size that is a multiple of "
                  + parts
                  + ", LastBatch.DISCARD, or evenSplit = false");
    }
    List<NDArray> slices = new ArrayList<>();
    long begin = 0;
    for (int i = 0; i < parts; i++) {
      long end = begin + size / parts + (i < size % parts ? 1 : 0);
      slices.add(array.sliceAxis(batchAxis, begin, end));
      begin = end;
    }
    return slices;
  }

  /** Divides into equal parts along the first axis, one for each device. */
  public static List<NDArray> splitAndLoad(NDArray array, List<Device> devices) {
    return splitAndLoad(array, devices, 0, true);
  }

  /**
   * Divides an array and moves each part to a device (Gluon: {@code split_and_load}). For one
   * device this is {@link NDArray#to}.
   *
   * @see #splitData(NDArray, int, int, boolean)
   */
  public static List<NDArray> splitAndLoad(
      NDArray array, List<Device> devices, int batchAxis, boolean evenSplit) {
    if (devices.size() == 1) {
      return List.of(array.to(devices.getFirst()));
    }
    List<NDArray> loaded = new ArrayList<>();
    List<NDArray> slices = splitData(array, devices.size(), batchAxis, evenSplit);
    for (int i = 0; i < slices.size(); i++) {
      NDArray slice = slices.get(i);
      NDArray moved = slice.to(devices.get(i));
      if (!moved.equals(slice)) {
        slice.close();
      }
      loaded.add(moved);
    }
    return loaded;
  }
}

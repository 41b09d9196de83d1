package io.gluonj.data.vision;

import io.gluonj.data.HostArray;
import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.function.UnaryOperator;

/**
 * Functions from picture to picture, for {@link io.gluonj.data.LabeledDataset#transformFirst}.
 *
 * <p>They are safe to use from several threads. Arrays of a wrong type or shape are refused.
 */
public final class Transforms {
  private Transforms() {}

  /**
   * uint8 (height, width, channels) to float32 (channels, height, width), values divided by 255, so
   * that they lie in [0, 1]. MXNet: {@code image.to_tensor}.
   */
  public static UnaryOperator<HostArray> toTensor() {
    return Transforms::toTensor;
  }

  /**
   * Subtracts {@code mean[c]} from channel c and divides by {@code std[c]}; a single value serves
   * all channels. Takes and gives float32 (channels, height, width). MXNet: {@code
   * image.normalize}.
   *
   * @throws InvalidArgumentException if the lengths differ or a deviation is not positive
   */
  public static UnaryOperator<HostArray> normalize(float[] mean, float[] std) {
    if (mean.length != std.length || mean.length == 0) {
      throw new InvalidArgumentException(
          "normalize: " + mean.length + " means but " + std.length + " deviations",
          "there is one of each per channel, or one for all channels",
          "pass arrays of equal length");
    }
    for (float deviation : std) {
      if (!(deviation > 0)) {
        throw new InvalidArgumentException(
            "normalize: standard deviation " + deviation,
            "values are divided by it",
            "pass a positive number");
      }
    }
    float[] means = mean.clone();
    float[] deviations = std.clone();
    return image -> normalized(image, means, deviations);
  }

  /** {@link #normalize(float[], float[])} with the same mean and deviation for all channels. */
  public static UnaryOperator<HostArray> normalize(float mean, float std) {
    return normalize(new float[] {mean}, new float[] {std});
  }

  /** Converts the elements to {@code dtype}, without scaling. MXNet: {@code Cast}. */
  public static UnaryOperator<HostArray> cast(DType dtype) {
    return image -> image.cast(dtype);
  }

  /** The given functions one after another. */
  @SafeVarargs
  public static UnaryOperator<HostArray> compose(UnaryOperator<HostArray>... steps) {
    UnaryOperator<HostArray> all = UnaryOperator.identity();
    for (UnaryOperator<HostArray> step : steps) {
      UnaryOperator<HostArray> before = all;
      all = image -> step.apply(before.apply(image));
    }
    return all;
  }

  /**
   * What is usual for MNIST: {@link #toTensor()}, then {@link #normalize(float, float)} with the
   * mean 0.1307 and the deviation 0.3081 of its training set.
   */
  public static UnaryOperator<HostArray> mnist() {
    return compose(toTensor(), normalize(0.1307f, 0.3081f));
  }

  private static HostArray toTensor(HostArray image) {
    Shape shape = image.shape();
    if (image.dtype() != DType.UINT8 || shape.rank() != 3) {
      throw wrong("toTensor", image, "uint8 (height, width, channels)");
    }
    byte[] pixels = image.bytes();
    float[] values = new float[pixels.length];
    int channels = (int) shape.dim(2);
    int plane = channels == 0 ? 0 : pixels.length / channels;
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < plane; i++) {
        values[c * plane + i] = (pixels[i * channels + c] & 0xff) / 255f;
      }
    }
    return HostArray.of(values, channels, shape.dim(0), shape.dim(1));
  }

  private static HostArray normalized(HostArray image, float[] mean, float[] std) {
    Shape shape = image.shape();
    if (image.dtype() != DType.FLOAT32 || shape.rank() != 3) {
      throw wrong("normalize", image, "float32 (channels, height, width), as toTensor gives it");
    }
    int channels = (int) shape.dim(0);
    if (mean.length != 1 && mean.length != channels) {
      throw wrong("normalize", image, mean.length + " channels, as many as there are means");
    }
    float[] values = image.floats();
    int plane = channels == 0 ? 0 : values.length / channels;
    for (int c = 0; c < channels; c++) {
      float shift = mean[mean.length == 1 ? 0 : c];
      float scale = std[std.length == 1 ? 0 : c];
      for (int i = c * plane; i < (c + 1) * plane; i++) {
        values[i] = (values[i] - shift) / scale;
      }
    }
    return HostArray.of(values, shape.dims());
  }

  private static InvalidArgumentException wrong(String transform, HostArray got, String wanted) {
    return new InvalidArgumentException(
        transform + ": got " + got.dtype() + got.shape() + ", wanted " + wanted,
        "the transform is defined for such pictures",
        "check the order of the transforms");
  }
}

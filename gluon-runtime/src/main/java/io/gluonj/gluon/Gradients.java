package io.gluonj.gluon;

import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is done with gradients between {@code backward} and the trainer's {@code update}. */
public final class Gradients {
  private static final double EPSILON = 1e-8;

  private Gradients() {}

  /** {@link #clipGlobalNorm(Collection, double, boolean)} that warns of values not finite. */
  public static double clipGlobalNorm(Collection<NDArray> arrays, double maxNorm) {
    return clipGlobalNorm(arrays, maxNorm, true);
  }

  /**
   * Multiplies arrays by {@code maxNorm / (norm + 1e-8)} if that is below 1, where {@code norm} is
   * the 2-norm of all their elements together (Gluon: {@code clip_global_norm}). Arrays with an
   * element that is not finite stay as they are.
   *
   * <p>With several devices, pass the gradients of one device at a time, after {@link
   * Trainer#allreduceGrads}: they are equal, and so are their norms.
   *
   * @param arrays changed in place
   * @param checkIsFinite whether a norm that is not finite is logged as a warning
   * @return the norm before
   */
  public static double clipGlobalNorm(
      Collection<NDArray> arrays, double maxNorm, boolean checkIsFinite) {
    if (arrays.isEmpty() || !(maxNorm > 0)) {
      throw new InvalidArgumentException(
          "%d arrays were to be clipped to the norm %s".formatted(arrays.size(), maxNorm),
          "a norm is of at least one array, and its bound is above 0",
          "pass for example the gradients of all parameters, and 1.0");
    }
    try (var _ = Autograd.pause();
        var _ = TensorScope.open()) {
      Map<Device, NDArray> sums = new LinkedHashMap<>();
      for (NDArray array : arrays) {
        NDArray wide = array.dtype() == DType.FLOAT64 ? array : array.cast(DType.FLOAT32);
        NDArray squares = wide.square().sum().cast(DType.FLOAT64);
        sums.merge(array.device(), squares, NDArray::add);
      }
      double norm = Math.sqrt(sums.values().stream().mapToDouble(NDArray::item).sum());
      double scale = maxNorm / (norm + EPSILON);
      if (!Double.isFinite(norm)) {
        if (checkIsFinite) {
          System.getLogger("io.gluonj.gluon")
              .log(
                  System.Logger.Level.WARNING,
                  "clipGlobalNorm: the norm is " + norm + "; the arrays are left as they are");
        }
      } else if (scale < 1) {
        for (NDArray array : arrays) {
          array.set(array.mul(scale));
        }
      }
      return norm;
    }
  }
}

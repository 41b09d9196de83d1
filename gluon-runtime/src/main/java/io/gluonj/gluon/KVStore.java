package io.gluonj.gluon;

import io.gluonj.tensor.Collectives;
import io.gluonj.tensor.NDArray;
import io.gluonj.text.Spelling;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Trainer} sums the gradients of a parameter that lies on several devices (Gluon:
 * {@code kvstore}). On one device there is nothing to sum, whatever is chosen.
 *
 * <p>The sum is the same on all devices, bit for bit, and each device applies the optimizer to its
 * own copy, with its own state; so the copies stay equal. MXNet can instead run the optimizer
 * inside the store ({@code update_on_kvstore}), which gives the same values; here it never does, so
 * that {@link Trainer#allreduceGrads} and {@link Trainer#update} can always be called separately.
 */
public enum KVStore {
  /**
   * Gradients are not exchanged: each device goes its own way, unless the program exchanges them
   * itself.
   */
  NONE,
  /** Sums in the computer's own memory: slower, and takes no room on the devices. */
  LOCAL,
  /** Sums on the devices, by their own means of communication (NCCL) where there are any. */
  DEVICE;

  private static final List<String> NAMES = List.of("none", "local", "device", "nccl");

  /**
   * The store of MXNet's name: {@code device} (also {@code nccl}), {@code local}, or {@code none}
   * or null.
   *
   * @throws InvalidArgumentException if there is none of that name, with the nearest
   */
  public static KVStore of(@Nullable String name) {
    if (name == null) {
      return NONE;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "none" -> NONE;
      case "local" -> LOCAL;
      case "device", "nccl" -> DEVICE;
      case String s when s.startsWith("dist") ->
          throw new InvalidArgumentException(
              "kvstore '" + name + "' was asked for",
              "training is not distributed over several computers in this version",
              "use device, which sums over the devices of this computer");
      default ->
          throw new InvalidArgumentException(
              "kvstore '" + name + "' was asked for",
              "there are " + String.join(", ", NAMES),
              Spelling.didYouMean(lower, NAMES, "use device"));
    };
  }

  /** The total on each array's device. */
  List<NDArray> sum(List<NDArray> gradients) {
    return switch (this) {
      case NONE -> gradients.stream().map(NDArray::detach).toList();
      case LOCAL -> Collectives.sum(gradients, Device.cpu());
      case DEVICE -> Collectives.sum(gradients);
    };
  }
}

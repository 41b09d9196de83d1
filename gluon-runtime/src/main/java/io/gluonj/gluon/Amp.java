package io.gluonj.gluon;

import io.gluonj.backend.Backends;
import io.gluonj.graph.LossScaling;
import io.gluonj.graph.MixedPrecision;
import io.gluonj.op.Precision;
import io.gluonj.tensor.CompiledFunction;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Automatic mixed precision: matrix products and convolutions compute in a type of half the size,
 * everything that is numerically delicate in float32 ({@link Precision} says which is which).
 * Parameters, their gradients, the optimizer's states, running statistics and a net's outputs stay
 * float32, so that what is saved and exported is the same as without.
 *
 * <pre>
 * TrainingStep step = trainer.compile(net, loss).amp(Amp.bfloat16());   // to train
 * net.hybridize(Amp.bfloat16());                                        // to predict, or to record
 * </pre>
 *
 * @param compute the type of products
 * @param lossScaling how the loss is scaled, so that small gradients do not become 0; {@code
 *     bfloat16}, which has the range of float32, needs none
 */
public record Amp(DType compute, Optional<LossScaling> lossScaling) {
  private static final System.Logger LOG = System.getLogger(Amp.class.getName());

  private record Told(Device.Kind kind, DType compute) {}

  private static final Set<Told> TOLD = ConcurrentHashMap.newKeySet();

  /**
   * Checks.
   *
   * @throws InvalidArgumentException unless {@code compute} is {@code bfloat16} or {@code float16}
   */
  public Amp {
    MixedPrecision.checked(compute);
  }

  /** Products in {@code bfloat16}: 8 bits of precision, the range of float32. */
  public static Amp bfloat16() {
    return new Amp(DType.BFLOAT16, Optional.empty());
  }

  /** Products in {@code float16}: 11 bits of precision, up to 65504; the loss is scaled. */
  public static Amp float16() {
    return new Amp(DType.FLOAT16, Optional.of(LossScaling.DEFAULT));
  }

  /**
   * The same with a loss that is scaled in another way.
   *
   * @param initial the first factor, 65536 unless said otherwise
   * @param window number of good steps in a row after which the factor doubles, 2000 unless said
   *     otherwise
   */
  public Amp scalingLoss(double initial, int window) {
    return new Amp(compute, Optional.of(new LossScaling(initial, window)));
  }

  /**
   * Scales the losses of a loop that records, calls {@code backward()} and updates by itself.
   *
   * @throws InvalidArgumentException if the loss is not scaled
   */
  public LossScaler lossScaler() {
    return new LossScaler(
        lossScaling.orElseThrow(() ->
            new InvalidArgumentException(
                "a loss scaler for products in " + compute + " was asked for",
                "this Amp does not scale the loss: " + compute + " has the range of float32",
                "call backward() and trainer.step() as usual, or ask for scalingLoss(...)")));
  }

  /** A function whose products are computed as this says; without one, all in float32. */
  static CompiledFunction function(
      String name, io.gluonj.graph.Graph graph, Device device, Optional<Amp> amp) {
    if (amp.isEmpty()) {
      return new CompiledFunction(name, graph, device);
    }
    amp.get().tellIfSlow(device);
    return new CompiledFunction(name, graph, device, amp.get().compute);
  }

  /** Says once where it does not pay. */
  void tellIfSlow(Device device) {
    if (!Backends.of(device).multipliesFaster(device, compute)
        && TOLD.add(new Told(device.kind(), compute))) {
      LOG.log(
          System.Logger.Level.INFO,
          "mixed precision on "
              + device
              + " will not be faster than float32: it has no instructions for products in "
              + compute
              + ", which are computed in float32 and rounded");
    }
  }
}

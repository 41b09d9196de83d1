package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.op.Conv;
import io.gluonj.op.RecurrentNests;
import io.gluonj.op.Transpose;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a convolution's weight in compiled code of our own: sums of products, then the
 * order of axes that weights have, and the gradient of the bias.
 */
final class ConvGradWeightKernel implements Kernel {
  private static final int DY = 1;
  private static final int WEIGHT = 2;
  private static final int BIAS = 3;
  private static final long ALIGNMENT = 64;

  private final ContractionKernel products;
  private final @Nullable Kernel reorder;
  private final @Nullable Kernel bias;
  private final long resultBytes;

  private ConvGradWeightKernel(
      ContractionKernel products,
      @Nullable Kernel reorder,
      @Nullable Kernel bias,
      long resultBytes) {
    this.products = products;
    this.reorder = reorder;
    this.bias = bias;
    this.resultBytes = resultBytes;
  }

  static Kernel of(Conv.GradWeight op, List<TensorType> in, CpuRuntime runtime, LoopKernels loops) {
    var products = new ContractionKernel(runtime, ConvContraction.of(op, in).contraction(), in);
    Shape weight = op.weight();
    long filters = weight.dim(0);
    long channels = weight.dim(1);
    long volume = op.window().volume();
    DType type = in.getFirst().dtype();
    Kernel reorder = null;
    if (channels > 1 && volume > 1) {
      TensorType from = new TensorType(Shape.of(filters, volume, channels), type);
      TensorType to = new TensorType(Shape.of(filters, channels, volume), type);
      var transpose = new Transpose(List.of(0, 2, 1));
      reorder = loops.kernel(transpose.nests(List.of(from), List.of(to)).getFirst(), 1);
    }
    Kernel bias = null;
    if (op.bias()) {
      long positions = in.get(DY).shape().size() / filters;
      bias = loops.kernel(RecurrentNests.sumOfRows(positions, filters, type), 1);
    }
    return new ConvGradWeightKernel(
        products, reorder, bias, reorder == null ? 0 : aligned(weight.size() * type.bytes()));
  }

  private static long aligned(long bytes) {
    return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
  }

  @Override
  public long scratchBytes() {
    long later = bias == null ? 0 : bias.scratchBytes();
    return Math.max(resultBytes + products.scratchBytes(), later);
  }

  @Override
  public void run(long[] addresses) {
    long scratch = addresses[addresses.length - 1];
    long target = reorder == null ? addresses[WEIGHT] : scratch;
    products.run(new long[] {addresses[0], addresses[DY], target, scratch + resultBytes});
    if (reorder != null) {
      reorder.run(new long[] {scratch, addresses[WEIGHT]});
    }
    if (bias != null) {
      bias.run(new long[] {addresses[DY], addresses[BIAS], scratch});
    }
  }

  @Override
  public String toString() {
    return "own sums of products";
  }
}

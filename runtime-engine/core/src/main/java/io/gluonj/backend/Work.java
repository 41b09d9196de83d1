package io.gluonj.backend;

import io.gluonj.op.Conv;
import io.gluonj.op.ConvActivation;
import io.gluonj.op.MatMul;
import io.gluonj.op.Op;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/**
 * What a kernel has to do at least.
 *
 * @param bytes of its operands, each read or written once
 * @param operations floating-point operations of products and convolutions; 0 for other operators
 */
public record Work(long bytes, long operations) {
  static Work of(Op op, List<TensorType> in, List<TensorType> out) {
    long bytes = 0;
    for (TensorType type : in) {
      bytes += type.bytes();
    }
    for (TensorType type : out) {
      bytes += type.bytes();
    }
    return new Work(bytes, operations(op, in, out));
  }

  private static long operations(Op op, List<TensorType> in, List<TensorType> out) {
    return switch (op) {
      case MatMul product -> {
        Shape a = in.getFirst().shape();
        yield 2 * out.getFirst().shape().size() * a.dim(product.transposeA() ? -2 : -1);
      }
      case Conv conv -> conv(in.get(1).shape(), out.getFirst().shape());
      case ConvActivation _ -> conv(in.get(1).shape(), out.getFirst().shape());
      case Conv.GradData grad -> conv(in.get(0).shape(), in.get(1).shape());
      case Conv.GradWeight grad -> conv(grad.weight(), in.get(1).shape());
      case Op _ -> 0;
    };
  }

  /** Each element of the result is a sum over the filter. */
  private static long conv(Shape weight, Shape result) {
    return 2 * result.size() * weight.sizeFrom(1);
  }
}

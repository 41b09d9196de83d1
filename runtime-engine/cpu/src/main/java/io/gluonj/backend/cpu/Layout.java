package io.gluonj.backend.cpu;

import io.gluonj.dnnl.DataType;
import io.gluonj.dnnl.FormatTag;
import io.gluonj.dnnl.MemoryDesc;
import io.gluonj.op.OverImages;
import io.gluonj.types.Shape;
import java.util.List;

/** The order in which a primitive computes on images. */
enum Layout {
  CHANNELS_FIRST,
  CHANNELS_LAST,
  /** Whatever oneDNN likes best. */
  ANY;

  /** The order in which an operator's operands lie in memory. */
  static Layout of(OverImages op) {
    return op.channelsLast() ? CHANNELS_LAST : CHANNELS_FIRST;
  }

  /** The (batch, channels, spatial…) shape that oneDNN knows an operator's images by. */
  static Shape logical(OverImages op, Shape images) {
    return OverImages.inOrder(images, op.channelsLast(), false);
  }

  /**
   * Orders worth trying for an operator: other ones than its own cost reorders at its border, so
   * channels-last operands, which somebody chose, are computed as they lie.
   */
  static List<Layout> candidates(OverImages op) {
    return op.channelsLast() ? List.of(CHANNELS_LAST) : List.of(CHANNELS_FIRST, CHANNELS_LAST);
  }

  /** A descriptor of float32 data in this order; the shape is (batch, channels, spatial…). */
  MemoryDesc of(Shape shape) {
    return of(DataType.F32, shape);
  }

  /** A descriptor in this order. */
  MemoryDesc of(DataType type, Shape shape) {
    return switch (this) {
      case CHANNELS_FIRST -> DnnlPlan.rowMajor(type, shape);
      case CHANNELS_LAST ->
          shape.rank() < 3
              ? DnnlPlan.rowMajor(type, shape)
              : MemoryDesc.of(type, FormatTag.channelsLast(shape.rank()), shape.dims());
      case ANY -> MemoryDesc.any(type, shape.dims());
    };
  }
}

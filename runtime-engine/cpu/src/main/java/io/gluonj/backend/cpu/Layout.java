package io.gluonj.backend.cpu;

import io.gluonj.dnnl.DataType;
import io.gluonj.dnnl.FormatTag;
import io.gluonj.dnnl.MemoryDesc;
import io.gluonj.types.Shape;

/** The order in which a primitive computes on (batch, channels, spatial…) data. */
enum Layout {
  /** As at the operator's border: no reorder of data. */
  CHANNELS_FIRST,
  CHANNELS_LAST,
  /** Whatever oneDNN likes best. */
  ANY;

  /** A descriptor of float32 data in this order. */
  MemoryDesc of(Shape shape) {
    return of(DataType.F32, shape);
  }

  /** A descriptor in this order. */
  MemoryDesc of(DataType type, Shape shape) {
    return switch (this) {
      case CHANNELS_FIRST -> DnnlPlan.rowMajor(type, shape);
      case CHANNELS_LAST -> MemoryDesc.of(type, FormatTag.channelsLast(shape.rank()), shape.dims());
      case ANY -> MemoryDesc.any(type, shape.dims());
    };
  }
}

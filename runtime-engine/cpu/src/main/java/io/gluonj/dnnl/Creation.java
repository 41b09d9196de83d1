package io.gluonj.dnnl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link PrimitiveSpec} needs to ask oneDNN for a primitive descriptor; lives for one call.
 */
final class Creation {
  private final Arena arena;
  private final MemorySegment slot;
  private final MemorySegment attributes;
  private final MemorySegment hint;
  private final List<Object> alive = new ArrayList<>();

  /**
   * Creates it.
   *
   * @param attributes the {@code dnnl_primitive_attr_t}
   * @param hint the forward primitive descriptor of a gradient, else null
   */
  Creation(Arena arena, MemorySegment attributes, MemorySegment hint) {
    this.arena = arena;
    this.slot = arena.allocate(ValueLayout.ADDRESS);
    this.attributes = attributes;
    this.hint = hint;
  }

  /** Where the new descriptor's pointer goes. */
  MemorySegment slot() {
    return slot;
  }

  MemorySegment engine() {
    return Dnnl.engine();
  }

  MemorySegment attributes() {
    return attributes;
  }

  MemorySegment hint() {
    return hint;
  }

  /** Handle of a descriptor, null for none; the descriptor lives as long as this object. */
  MemorySegment md(@Nullable MemoryDesc desc) {
    if (desc == null) {
      return MemorySegment.NULL;
    }
    alive.add(desc);
    return desc.handle();
  }

  /** An array of {@code dnnl_dims_t}. */
  MemorySegment dims(List<Long> values) {
    return MemoryDesc.dims(arena, values.stream().mapToLong(Long::longValue).toArray());
  }

  /** Dilations as oneDNN counts them: 0 where elements are neighbours. */
  MemorySegment dilations(List<Long> values) {
    return MemoryDesc.dims(arena, values.stream().mapToLong(dilation -> dilation - 1).toArray());
  }
}

package io.gluonj.dnnl;

import java.util.List;

/**
 * Max and average pooling with their gradients. Max-pooling for training keeps the winners' places
 * in a workspace.
 */
public sealed interface Pooling extends PrimitiveSpec {

  /** What is taken of a window. */
  enum Kind {
    MAX(511),
    /** The average; padding counts as zeros. */
    AVERAGE_WITH_PADDING(767),
    /** The average of what is no padding. */
    AVERAGE_WITHOUT_PADDING(1023);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /** {@code SRC -> DST, WORKSPACE}. */
  record Forward(
      Kind kind,
      Propagation propagation,
      MemoryDesc src,
      MemoryDesc dst,
      List<Long> kernel,
      Window window,
      Attributes attributes)
      implements Pooling {
    /** Copies the kernel's size. */
    public Forward {
      kernel = List.copyOf(kernel);
    }

    @Override
    public int create(Creation c) throws Throwable {
      return (int)
          DnnlApi.POOLING_FORWARD.invokeExact(
              c.slot(),
              c.engine(),
              propagation.code(),
              kind.code,
              c.md(src),
              c.md(dst),
              c.dims(window.strides()),
              c.dims(kernel),
              c.dilations(window.dilations()),
              c.dims(window.padBegin()),
              c.dims(window.padEnd()),
              c.attributes());
    }
  }

  /** {@code DIFF_DST, WORKSPACE -> DIFF_SRC}. */
  record Backward(Forward forward, MemoryDesc diffSrc, MemoryDesc diffDst) implements Pooling {
    @Override
    public Attributes attributes() {
      return Attributes.DEFAULT;
    }

    @Override
    public int create(Creation c) throws Throwable {
      Window window = forward.window();
      return (int)
          DnnlApi.POOLING_BACKWARD.invokeExact(
              c.slot(),
              c.engine(),
              forward.kind().code,
              c.md(diffSrc),
              c.md(diffDst),
              c.dims(window.strides()),
              c.dims(forward.kernel()),
              c.dilations(window.dilations()),
              c.dims(window.padBegin()),
              c.dims(window.padEnd()),
              c.hint(),
              c.attributes());
    }
  }
}

package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.op.Pooling;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What all pooling layers share (MXNet operator Pooling): the computation. No parameters. */
@Block(hint = "pool")
public abstract class Pool extends HybridBlock {
  final Pooling.Type type;
  int[] size;
  int[] strides;
  int[] padding;

  Pool(Pooling.Type type, int[] size, int[] strides, int[] padding) {
    this.type = type;
    this.size = size;
    this.strides = strides;
    this.padding = padding;
  }

  abstract boolean global();

  abstract Pooling.Convention convention();

  /** Whether padding counts in a mean; absent where it has no meaning. */
  abstract Optional<Boolean> countIncludePad();

  @Forward
  final Tensor forward(Tensor x) {
    Pooling op =
        new Pooling(
            Options.longs(size),
            type,
            global(),
            convention(),
            Options.longs(strides),
            Options.longs(padding),
            countIncludePad(),
            Optional.of(Options.layout(size.length)));
    return Ops.named("fwd", op, List.of(x));
  }

  /**
   * {@code size=(2, 2), stride=(2, 2), padding=(0, 0), ceil_mode=False, global_pool=False,
   * pool_type=max, layout=NCHW}, as in Gluon.
   */
  @Override
  protected final String arguments() {
    return "size="
        + Options.tuple(size)
        + ", stride="
        + Options.tuple(strides)
        + ", padding="
        + Options.tuple(padding)
        + ", ceil_mode="
        + Options.python(convention() == Pooling.Convention.FULL)
        + ", global_pool="
        + Options.python(global())
        + ", pool_type="
        + type.name().toLowerCase(Locale.ROOT)
        + ", layout="
        + Options.layout(size.length);
  }
}

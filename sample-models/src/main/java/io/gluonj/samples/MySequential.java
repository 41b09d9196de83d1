package io.gluonj.samples;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.tensor.NDArray;
import java.util.List;

/**
 * A container of one's own: calls its blocks one after the other. Its forward method is written for
 * arrays, so it always runs imperatively; {@code hybridize()} passes it over and reaches its
 * children.
 */
@Block
public class MySequential extends io.gluonj.gluon.Block {
  final List<io.gluonj.gluon.Block> blocks;

  /** A chain of the given blocks; the list is registered with its elements as children. */
  public MySequential(io.gluonj.gluon.Block... blocks) {
    this.blocks = List.of(blocks);
  }

  @Forward
  NDArray forward(NDArray x) {
    for (io.gluonj.gluon.Block block : blocks) {
      x = block.call(x);
    }
    return x;
  }
}

package io.gluonj.gluon;

import io.gluonj.tensor.Tensor;
import java.util.List;

/** Sees what a block is called with. It must not change it. */
@FunctionalInterface
public interface ForwardPreHook {
  /** Runs before the block's forward method. */
  void before(Block block, List<Tensor> inputs);
}

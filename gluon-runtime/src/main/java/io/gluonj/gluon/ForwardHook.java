package io.gluonj.gluon;

import io.gluonj.tensor.Tensor;
import java.util.List;

/**
 * Sees what a block computed. It must not change it. Outputs of a block inside a hybrid one are
 * freed when that one ends; to keep one, keep {@code TensorScope.outside(array::detach)}.
 */
@FunctionalInterface
public interface ForwardHook {
  /** Runs after the block's forward method. */
  void after(Block block, List<Tensor> inputs, List<Tensor> outputs);
}

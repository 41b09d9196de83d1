package io.gluonj.gluon;

import io.gluonj.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one block as its forward method sees them: arrays on the device of the inputs,
 * or symbols while the block is traced.
 */
public interface ForwardParams {
  /** The parameter registered under a name. */
  Tensor get(String name);

  /** The parameter registered under a name; null if the block has been built without it. */
  @Nullable Tensor find(String name);
}

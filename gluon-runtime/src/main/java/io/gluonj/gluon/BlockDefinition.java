package io.gluonj.gluon;

import io.gluonj.tensor.Tensor;
import java.util.List;

/**
 * What a class of blocks consists of and how its forward method is called. The annotation processor
 * generates one for each class marked {@code @Block}; containers write theirs by hand.
 *
 * @param <B> the class of blocks
 */
public interface BlockDefinition<B extends Block> {
  /** What default names are made of: {@code dense} gives {@code dense0_}, {@code dense1_}, …. */
  String hint();

  /** Number of inputs of the forward method; -1 if it takes any number. */
  int inputs();

  /** Whether the forward method is written against {@link Tensor}, so that it can be traced. */
  boolean hybrid();

  /** Registers parameters and children, in the order of their declaration. Runs once per block. */
  void bind(B block, Members members);

  /**
   * Calls the forward method.
   *
   * @param inputs arrays, or symbols while the block is traced
   * @param params the block's own parameters, of the same kind as the inputs
   */
  List<Tensor> forward(B block, List<Tensor> inputs, ForwardParams params);
}

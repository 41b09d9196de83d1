package io.gluonj.gluon;

import io.gluonj.tensor.Tensor;
import java.util.List;

public interface BlockDefinition<B extends Block> {
  String hint();

  int inputs();

  boolean hybrid();

  void bind(B block, Members members);

  List<Tensor> forward(B block, List<Tensor> inputs, ForwardParams params);
}

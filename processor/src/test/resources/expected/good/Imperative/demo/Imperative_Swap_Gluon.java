package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link Imperative.Swap}. */
@Generated("io.gluonj.processor.BlockProcessor")
final class Imperative_Swap_Gluon implements BlockDefinition<Imperative.Swap> {
  static {
    BlockDefinitions.register(Imperative.Swap.class, new Imperative_Swap_Gluon());
  }

  @Override
  public String hint() {
    return "swap";
  }

  @Override
  public int inputs() {
    return -1;
  }

  @Override
  public boolean hybrid() {
    return false;
  }

  @Override
  public void bind(Imperative.Swap block, Members members) {}

  @Override
  public List<Tensor> forward(Imperative.Swap block, List<Tensor> inputs, ForwardParams params) {
    return List.of(block.forward(inputs.toArray(NDArray[]::new)));
  }
}

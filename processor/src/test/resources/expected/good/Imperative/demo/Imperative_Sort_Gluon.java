package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link Imperative.Sort}. */
@Generated("io.gluonj.processor.BlockProcessor")
final class Imperative_Sort_Gluon implements BlockDefinition<Imperative.Sort> {
  static {
    BlockDefinitions.register(Imperative.Sort.class, new Imperative_Sort_Gluon());
  }

  @Override
  public String hint() {
    return "sort";
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
  public void bind(Imperative.Sort block, Members members) {}

  @Override
  public List<Tensor> forward(Imperative.Sort block, List<Tensor> inputs, ForwardParams params) {
    return List.copyOf(block.forward(inputs.stream().map(NDArray.class::cast).toList()));
  }
}

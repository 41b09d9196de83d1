package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link Several.First}. */
@Generated("io.gluonj.processor.BlockProcessor")
final class Several_First_Gluon implements BlockDefinition<Several.First> {
  static {
    BlockDefinitions.register(Several.First.class, new Several_First_Gluon());
  }

  @Override
  public String hint() {
    return "first";
  }

  @Override
  public int inputs() {
    return -1;
  }

  @Override
  public boolean hybrid() {
    return true;
  }

  @Override
  public void bind(Several.First block, Members members) {}

  @Override
  public List<Tensor> forward(Several.First block, List<Tensor> inputs, ForwardParams params) {
    return List.of(block.forward(inputs.toArray(Tensor[]::new)));
  }
}

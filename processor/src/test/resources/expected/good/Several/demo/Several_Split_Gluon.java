package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link Several.Split}. */
@Generated("io.gluonj.processor.BlockProcessor")
final class Several_Split_Gluon implements BlockDefinition<Several.Split> {
  static {
    BlockDefinitions.register(Several.Split.class, new Several_Split_Gluon());
  }

  @Override
  public String hint() {
    return "split";
  }

  @Override
  public int inputs() {
    return 1;
  }

  @Override
  public boolean hybrid() {
    return true;
  }

  @Override
  public void bind(Several.Split block, Members members) {}

  @Override
  public List<Tensor> forward(Several.Split block, List<Tensor> inputs, ForwardParams params) {
    return List.copyOf(block.forward(inputs.get(0)));
  }
}

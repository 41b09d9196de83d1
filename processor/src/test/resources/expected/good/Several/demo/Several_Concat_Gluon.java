package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link Several.Concat}. */
@Generated("io.gluonj.processor.BlockProcessor")
final class Several_Concat_Gluon implements BlockDefinition<Several.Concat> {
  static {
    BlockDefinitions.register(Several.Concat.class, new Several_Concat_Gluon());
  }

  @Override
  public String hint() {
    return "concat";
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
  public void bind(Several.Concat block, Members members) {}

  @Override
  public List<Tensor> forward(Several.Concat block, List<Tensor> inputs, ForwardParams params) {
    return List.of(block.forward(inputs));
  }
}

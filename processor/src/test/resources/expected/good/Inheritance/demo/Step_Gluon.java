package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link Step}: child {@code body}. */
@Generated("io.gluonj.processor.BlockProcessor")
final class Step_Gluon implements BlockDefinition<Step> {
  static {
    BlockDefinitions.register(Step.class, new Step_Gluon());
  }

  @Override
  public String hint() {
    return "step";
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
  public void bind(Step block, Members members) {
    members.child("body", block.body);
  }

  @Override
  public List<Tensor> forward(Step block, List<Tensor> inputs, ForwardParams params) {
    return List.of(block.forward(inputs.get(0)));
  }
}

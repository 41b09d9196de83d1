package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link Nested.Cell}: child {@code gate}. */
@Generated("io.gluonj.processor.BlockProcessor")
final class Nested_Cell_Gluon implements BlockDefinition<Nested.Cell> {
  static {
    BlockDefinitions.register(Nested.Cell.class, new Nested_Cell_Gluon());
  }

  @Override
  public String hint() {
    return "cell";
  }

  @Override
  public int inputs() {
    return 2;
  }

  @Override
  public boolean hybrid() {
    return true;
  }

  @Override
  public void bind(Nested.Cell block, Members members) {
    members.child("gate", block.gate);
  }

  @Override
  public List<Tensor> forward(Nested.Cell block, List<Tensor> inputs, ForwardParams params) {
    return List.of(block.step(inputs.get(0), inputs.get(1)));
  }
}

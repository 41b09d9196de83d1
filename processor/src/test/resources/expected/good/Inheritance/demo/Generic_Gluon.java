package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link Generic}: what {@link Step_Gluon} registers; child {@code inner}. */
@Generated("io.gluonj.processor.BlockProcessor")
final class Generic_Gluon implements BlockDefinition<Generic<?, ?>> {
  static {
    BlockDefinitions.register(Generic.class, new Generic_Gluon());
  }

  private final Step_Gluon base = new Step_Gluon();

  @Override
  public String hint() {
    return "generic";
  }

  @Override
  public int inputs() {
    return base.inputs();
  }

  @Override
  public boolean hybrid() {
    return base.hybrid();
  }

  @Override
  public void bind(Generic<?, ?> block, Members members) {
    base.bind(block, members);
    members.child("inner", block.inner);
  }

  @Override
  public List<Tensor> forward(Generic<?, ?> block, List<Tensor> inputs, ForwardParams params) {
    return base.forward(block, inputs, params);
  }
}

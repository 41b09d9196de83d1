package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link OfDense}: what {@link Generic_Gluon} registers. */
@Generated("io.gluonj.processor.BlockProcessor")
final class OfDense_Gluon implements BlockDefinition<OfDense> {
  static {
    BlockDefinitions.register(OfDense.class, new OfDense_Gluon());
  }

  private final Generic_Gluon base = new Generic_Gluon();

  @Override
  public String hint() {
    return "ofdense";
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
  public void bind(OfDense block, Members members) {
    base.bind(block, members);
  }

  @Override
  public List<Tensor> forward(OfDense block, List<Tensor> inputs, ForwardParams params) {
    return base.forward(block, inputs, params);
  }
}

package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link NamedConv}: what {@link Conv_Gluon} registers. */
@Generated("io.gluonj.processor.BlockProcessor")
final class NamedConv_Gluon implements BlockDefinition<NamedConv> {
  static {
    BlockDefinitions.register(NamedConv.class, new NamedConv_Gluon());
  }

  private final Conv_Gluon base = new Conv_Gluon();

  @Override
  public String hint() {
    return "namedconv";
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
  public void bind(NamedConv block, Members members) {
    base.bind(block, members);
  }

  @Override
  public List<Tensor> forward(NamedConv block, List<Tensor> inputs, ForwardParams params) {
    return base.forward(block, inputs, params);
  }
}

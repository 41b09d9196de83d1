package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.gluon.ParamSpec;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link Several.Varargs}: parameter {@code scale (1)}. */
@Generated("io.gluonj.processor.BlockProcessor")
final class Several_Varargs_Gluon implements BlockDefinition<Several.Varargs> {
  static {
    BlockDefinitions.register(Several.Varargs.class, new Several_Varargs_Gluon());
  }

  @Override
  public String hint() {
    return "varargs";
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
  public void bind(Several.Varargs block, Members members) {
    block.scale = members.param("scale", block.scale, ParamSpec.shape(1));
  }

  @Override
  public List<Tensor> forward(Several.Varargs block, List<Tensor> inputs, ForwardParams params) {
    return List.of(block.forward(inputs.toArray(Tensor[]::new), params.get("scale")));
  }
}

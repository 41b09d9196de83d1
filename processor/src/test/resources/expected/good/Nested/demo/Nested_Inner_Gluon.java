package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.gluon.ParamSpec;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link Nested.Inner}: parameter {@code bias (units)}. */
@Generated("io.gluonj.processor.BlockProcessor")
final class Nested_Inner_Gluon implements BlockDefinition<Nested.Inner> {
  static {
    BlockDefinitions.register(Nested.Inner.class, new Nested_Inner_Gluon());
  }

  @Override
  public String hint() {
    return "inner";
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
  public void bind(Nested.Inner block, Members members) {
    block.bias = members.param("bias", block.bias, ParamSpec.shape(block.units));
  }

  @Override
  public List<Tensor> forward(Nested.Inner block, List<Tensor> inputs, ForwardParams params) {
    return List.of(block.forward(inputs.get(0), params.get("bias")));
  }
}

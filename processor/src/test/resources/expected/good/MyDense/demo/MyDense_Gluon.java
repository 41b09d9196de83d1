package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.gluon.ParamSpec;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link MyDense}: parameters {@code weight (units, ?)}, {@code bias (units)}. */
@Generated("io.gluonj.processor.BlockProcessor")
public final class MyDense_Gluon implements BlockDefinition<MyDense> {
  static {
    BlockDefinitions.register(MyDense.class, new MyDense_Gluon());
  }

  /** For the definitions of subclasses. */
  public MyDense_Gluon() {}

  @Override
  public String hint() {
    return "mydense";
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
  public void bind(MyDense block, Members members) {
    block.weight =
        members.param("weight", block.weight, ParamSpec.shape(block.units, ParamSpec.UNKNOWN));
    block.bias = members.param("bias", block.bias, ParamSpec.shape(block.units).init("zeros"));
  }

  @Override
  public List<Tensor> forward(MyDense block, List<Tensor> inputs, ForwardParams params) {
    return List.of(block.forward(inputs.get(0), params.get("weight"), params.get("bias")));
  }
}

package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.gluon.ParamSpec;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link HandMade}: parameters {@code scale}, {@code shift (1)}. */
@Generated("io.gluonj.processor.BlockProcessor")
final class HandMade_Gluon implements BlockDefinition<HandMade> {
  static {
    BlockDefinitions.register(HandMade.class, new HandMade_Gluon());
  }

  @Override
  public String hint() {
    return "handmade";
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
  public void bind(HandMade block, Members members) {
    members.param("scale", block.scale, ParamSpec.shape().lrMult(0.0));
    members.param("shift", block.shift, ParamSpec.shape(1));
  }

  @Override
  public List<Tensor> forward(HandMade block, List<Tensor> inputs, ForwardParams params) {
    return List.of(block.forward(inputs.get(0)));
  }
}

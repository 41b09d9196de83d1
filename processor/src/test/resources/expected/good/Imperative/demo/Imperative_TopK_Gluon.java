package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.gluon.ParamSpec;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link Imperative.TopK}: parameters {@code shift (1)}, {@code scale (1)}. */
@Generated("io.gluonj.processor.BlockProcessor")
final class Imperative_TopK_Gluon implements BlockDefinition<Imperative.TopK> {
  static {
    BlockDefinitions.register(Imperative.TopK.class, new Imperative_TopK_Gluon());
  }

  @Override
  public String hint() {
    return "topk";
  }

  @Override
  public int inputs() {
    return 1;
  }

  @Override
  public boolean hybrid() {
    return false;
  }

  @Override
  public void bind(Imperative.TopK block, Members members) {
    block.shift = members.param("shift", block.shift, ParamSpec.shape(1));
    if (block.scaled) {
      block.scale = members.param("scale", block.scale, ParamSpec.shape(1));
    }
  }

  @Override
  public List<Tensor> forward(Imperative.TopK block, List<Tensor> inputs, ForwardParams params) {
    return List.of(
        block.forward(
            (NDArray) inputs.get(0),
            (NDArray) params.get("shift"),
            (NDArray) params.find("scale")));
  }
}

package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.gluon.ParamSpec;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * Plumbing of {@link Attributes}: parameters {@code weight (units, ?)}, {@code bias (units)},
 * {@code scale (units)}, {@code mean (units)}.
 */
@Generated("io.gluonj.processor.BlockProcessor")
final class Attributes_Gluon implements BlockDefinition<Attributes> {
  static {
    BlockDefinitions.register(Attributes.class, new Attributes_Gluon());
  }

  @Override
  public String hint() {
    return "attr";
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
  public void bind(Attributes block, Members members) {
    block.weight =
        members.param(
            "weight",
            block.weight,
            ParamSpec.shape(block.units, ParamSpec.UNKNOWN)
                .init("xavier")
                .gradReq("add")
                .lrMult(0.1)
                .wdMult(2.0));
    block.bias =
        members.param(
            "bias",
            block.bias,
            ParamSpec.shape(block.units).init("zeros").init(block.biasInit).wdMult(0.0));
    if (block.useScale) {
      block.scale = members.param("scale", block.scale, ParamSpec.shape(block.units).init("ones"));
    }
    block.mean =
        members.param(
            "mean",
            block.mean,
            ParamSpec.shape(block.units)
                .init(block.biasInit)
                .gradReq("null")
                .dtype("float64")
                .notDifferentiable());
  }

  @Override
  public List<Tensor> forward(Attributes block, List<Tensor> inputs, ForwardParams params) {
    return List.of(
        block.forward(
            inputs.get(0),
            params.get("weight"),
            params.get("bias"),
            params.find("scale"),
            params.get("mean")));
  }
}

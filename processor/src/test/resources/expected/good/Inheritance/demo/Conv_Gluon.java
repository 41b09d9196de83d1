package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.gluon.ParamSpec;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;
import library.Convolution_Gluon;

/**
 * Plumbing of {@link Conv}: what {@link Convolution_Gluon} registers; parameter
 * {@code scale (channels)}; child {@code head}.
 */
@Generated("io.gluonj.processor.BlockProcessor")
public final class Conv_Gluon implements BlockDefinition<Conv> {
  static {
    BlockDefinitions.register(Conv.class, new Conv_Gluon());
  }

  private final Convolution_Gluon base = new Convolution_Gluon();

  /** For the definitions of subclasses. */
  public Conv_Gluon() {}

  @Override
  public String hint() {
    return "conv";
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
  public void bind(Conv block, Members members) {
    base.bind(block, members);
    members.child("head", block.head);
    block.scale = members.param("scale", block.scale, ParamSpec.shape(block.channels).init("ones"));
  }

  @Override
  public List<Tensor> forward(Conv block, List<Tensor> inputs, ForwardParams params) {
    return List.of(
        block.forward(
            inputs.get(0), params.get("weight"), params.find("bias"), params.get("scale")));
  }
}

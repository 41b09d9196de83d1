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
 * Plumbing of {@link Shapes}: parameters
 * {@code weight (channels, inChannels / groups, kernel...)},
 * {@code channelsLast (kernel..., channels)}, {@code whole (strides...)},
 * {@code middle (?, strides..., ?, HEADS)},
 * {@code computed (2 * (channels + 1) - kernel[0], strides[groups - 1], 8589934592, 1)},
 * {@code wide (channels, channels, channels, channels, channels, channels)}.
 */
@Generated("io.gluonj.processor.BlockProcessor")
final class Shapes_Gluon implements BlockDefinition<Shapes> {
  static {
    BlockDefinitions.register(Shapes.class, new Shapes_Gluon());
  }

  @Override
  public String hint() {
    return "shapes";
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
  public void bind(Shapes block, Members members) {
    block.weight =
        members.param(
            "weight",
            block.weight,
            ParamSpec.shape(block.channels, block.inChannels / block.groups).append(block.kernel));
    block.channelsLast =
        members.param(
            "channelsLast",
            block.channelsLast,
            ParamSpec.shape().append(block.kernel).append(block.channels));
    block.whole = members.param("whole", block.whole, ParamSpec.shape().append(block.strides));
    block.middle =
        members.param(
            "middle",
            block.middle,
            ParamSpec.shape(ParamSpec.UNKNOWN)
                .append(block.strides)
                .append(ParamSpec.UNKNOWN, Shapes.HEADS));
    block.computed =
        members.param(
            "computed",
            block.computed,
            ParamSpec.shape(
                2 * (block.channels + 1) - block.kernel[0],
                block.strides[block.groups - 1],
                8589934592L,
                1));
    block.wide =
        members.param(
            "wide",
            block.wide,
            ParamSpec.shape(
                    block.channels,
                    block.channels,
                    block.channels,
                    block.channels,
                    block.channels,
                    block.channels)
                .init("normal")
                .gradReq("add"));
  }

  @Override
  public List<Tensor> forward(Shapes block, List<Tensor> inputs, ForwardParams params) {
    return List.of(
        block.forward(
            inputs.get(0),
            params.get("weight"),
            params.get("channelsLast"),
            params.get("whole"),
            params.get("middle"),
            params.get("computed"),
            params.get("wide")));
  }
}

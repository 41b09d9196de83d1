package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Initializer;
import io.gluonj.op.Op;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the convolution layers share (MXNet operator Convolution): options, parameters and
 * computation.
 *
 * <p>Parameters: weight (channels, inChannels / groups, kernel…), bias (channels,). An output
 * extent is {@code 1 + floor((x + 2 padding - dilation (kernel - 1) - 1) / stride)}.
 *
 * @param <S> the layer itself
 */
@Block(hint = "conv")
public abstract class Convolution<S extends Convolution<S>> extends HybridBlock {
  final int channels;
  final int[] kernel;
  private int[] strides;
  private int[] padding;
  private int[] dilation;
  int groups = 1;
  int inChannels;
  boolean useBias = true;
  @Nullable Activation act;
  @Nullable Initializer weightInitializer;
  @Nullable Initializer biasInitializer;

  @Param(
      shape = {"channels", "inChannels / groups", "kernel..."},
      initFrom = "weightInitializer")
  Parameter weight;

  @Param(shape = "channels", init = "zeros", initFrom = "biasInitializer", condition = "useBias")
  @Nullable Parameter bias;

  Convolution(int axes, int channels, int... kernelSize) {
    this.channels = Options.atLeast(1, layer(), "channels", channels);
    kernel = Options.perAxis(axes, 1, layer(), "kernelSize", kernelSize);
    strides = Options.perAxis(axes, 1, layer(), "strides", 1);
    padding = Options.perAxis(axes, 0, layer(), "padding", 0);
    dilation = Options.perAxis(axes, 1, layer(), "dilation", 1);
  }

  private String layer() {
    return getClass().getSimpleName();
  }

  @SuppressWarnings("unchecked") // every subclass names itself as S
  private S self() {
    return (S) this;
  }

  /** Steps between windows, for all axes or one for each; 1 by default. */
  public S strides(int... steps) {
    checkUnbound("strides");
    strides = Options.perAxis(kernel.length, 1, layer(), "strides", steps);
    return self();
  }

  /** Zeros added at both ends, for all axes or one for each; 0 by default. */
  public S padding(int... zeros) {
    checkUnbound("padding");
    padding = Options.perAxis(kernel.length, 0, layer(), "padding", zeros);
    return self();
  }

  /** Distance between the elements of a window, for all axes or one for each; 1 by default. */
  public S dilation(int... distances) {
    checkUnbound("dilation");
    dilation = Options.perAxis(kernel.length, 1, layer(), "dilation", distances);
    return self();
  }

  /** Into how many independent groups the channels are divided; 1 by default. */
  public S groups(int count) {
    checkUnbound("groups");
    groups = Options.atLeast(1, layer(), "groups", count);
    requireDivisible();
    return self();
  }

  /** Number of channels of the input; 0, the default, takes it from the first input. */
  public S inChannels(int count) {
    checkUnbound("inChannels");
    inChannels = Options.atLeast(0, layer(), "inChannels", count);
    requireDivisible();
    return self();
  }

  private void requireDivisible() {
    if (channels % groups != 0 || inChannels % groups != 0) {
      throw new InvalidArgumentException(
          layer()
              + ": "
              + groups
              + " groups of "
              + inChannels
              + " input channels and "
              + channels
              + " channels",
          "each group has the same number of channels",
          "use a number of groups that divides both");
    }
  }

  /** The function applied to the result; none by default. */
  public S activation(io.gluonj.op.Activation.Type type) {
    checkUnbound("activation");
    act = Activation.childOf(type);
    return self();
  }

  /**
   * The function applied to the result, by MXNet's name: relu, sigmoid, tanh, softrelu, softsign.
   */
  public S activation(String name) {
    return activation(Activation.typeOf(name));
  }

  /** Whether a bias is added; true by default. */
  public S useBias(boolean value) {
    checkUnbound("useBias");
    useBias = value;
    return self();
  }

  /** First values of the weight; by default those of the network. */
  public S weightInitializer(Initializer initializer) {
    checkUnbound("weightInitializer");
    weightInitializer = initializer;
    return self();
  }

  /** First values of the weight by name. */
  public S weightInitializer(String spec) {
    return weightInitializer(Initializer.of(spec));
  }

  /** First values of the bias; zeros by default. */
  public S biasInitializer(Initializer initializer) {
    checkUnbound("biasInitializer");
    biasInitializer = initializer;
    return self();
  }

  /** First values of the bias by name. */
  public S biasInitializer(String spec) {
    return biasInitializer(Initializer.of(spec));
  }

  @Forward
  Tensor forward(Tensor x, Tensor weight, @Nullable Tensor bias) {
    Op op =
        new io.gluonj.op.Convolution(
            Options.longs(kernel),
            Options.longs(strides),
            Options.longs(dilation),
            Options.longs(padding),
            channels,
            groups,
            bias == null,
            Optional.of(Options.layout(kernel.length)));
    Tensor y = Ops.named("fwd", op, bias == null ? List.of(x, weight) : List.of(x, weight, bias));
    return act == null ? y : act.call(y);
  }

  /** {@code 1 -> 20, kernel_size=(5, 5), stride=(1, 1), Activation(relu)}, as in Gluon. */
  @Override
  protected String arguments() {
    var text = new StringBuilder(Options.extent(weight, 1, inChannels / groups));
    text.append(" -> ").append(channels);
    text.append(", kernel_size=").append(Options.tuple(kernel));
    text.append(", stride=").append(Options.tuple(strides));
    if (Arrays.stream(padding).anyMatch(p -> p != 0)) {
      text.append(", padding=").append(Options.tuple(padding));
    }
    if (Arrays.stream(dilation).anyMatch(d -> d != 1)) {
      text.append(", dilation=").append(Options.tuple(dilation));
    }
    if (groups != 1) {
      text.append(", groups=").append(groups);
    }
    if (!useBias) {
      text.append(", bias=False");
    }
    if (act != null) {
      text.append(", ").append(act);
    }
    return text.toString();
  }
}

package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

@Block
class Shapes extends HybridBlock {
  static final int HEADS = 4;
  final int channels;
  final long inChannels;
  final int groups;
  final int[] kernel;
  final long[] strides;

  @Param(shape = {"channels", "inChannels / groups", "kernel..."})
  Parameter weight;

  @Param(shape = {"kernel...", "channels"})
  Parameter channelsLast;

  @Param(shape = "strides...")
  Parameter whole;

  @Param(shape = {"?", "strides...", "?", "HEADS"})
  Parameter middle;

  @Param(shape = {"2 * (channels + 1) - kernel[0]", "strides[groups - 1]", "8589934592", "1"})
  Parameter computed;

  @Param(
      shape = {"channels", "channels", "channels", "channels", "channels", "channels"},
      init = "normal",
      gradReq = "add")
  Parameter wide;

  Shapes(int channels, long inChannels, int groups, int[] kernel, long[] strides) {
    this.channels = channels;
    this.inChannels = inChannels;
    this.groups = groups;
    this.kernel = kernel;
    this.strides = strides;
  }

  @Forward
  Tensor forward(
      Tensor data,
      Tensor weight,
      Tensor channelsLast,
      Tensor whole,
      Tensor middle,
      Tensor computed,
      Tensor wide) {
    return data.mul(weight).mul(channelsLast).mul(whole).mul(middle).mul(computed).mul(wide);
  }
}

package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;

/** The net behind {@code golden/resblock-symbol.json}: one residual block between two layers. */
@Block(hint = "resnet")
class ResidualNet extends HybridBlock {
  final HybridSequential features = new HybridSequential().prefix("");
  final Dense output = new Dense(10);

  ResidualNet() {
    features.add(
        conv(16, 3, 1).padding(1),
        new BatchNorm(),
        new Activation("relu"),
        new HybridSequential().prefix("stage1_").add(new Residual().prefix("")),
        new GlobalAvgPool2D(),
        new Flatten());
  }

  @Forward
  Tensor forward(Tensor x) {
    return output.call(features.call(x));
  }

  private static Conv2D conv(int channels, int kernel, int strides) {
    return new Conv2D(channels, kernel).strides(strides).useBias(false);
  }

  @Block
  static class Residual extends HybridBlock {
    final HybridSequential body = new HybridSequential().prefix("");
    final HybridSequential shortcut = new HybridSequential().prefix("");

    Residual() {
      body.add(
          conv(32, 3, 2).padding(1),
          new BatchNorm(),
          new Activation("relu"),
          conv(32, 3, 1).padding(1),
          new BatchNorm());
      shortcut.add(conv(32, 1, 2), new BatchNorm());
    }

    @Forward
    Tensor forward(Tensor x) {
      Tensor kept = shortcut.call(x);
      Tensor changed = body.call(x);
      return Ops.call(
          new io.gluonj.op.Activation(io.gluonj.op.Activation.Type.RELU), kept.add(changed));
    }
  }
}

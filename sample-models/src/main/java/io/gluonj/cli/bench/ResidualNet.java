package io.gluonj.cli.bench;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.nn.BatchNorm;
import io.gluonj.nn.Conv2D;
import io.gluonj.nn.Dense;
import io.gluonj.nn.GlobalAvgPool2D;
import io.gluonj.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ResNet-18 (He et al., 2016) for small pictures: a 3x3 stem, four stages of two basic blocks. */
@Block
class ResidualNet extends HybridBlock {
  /** Blocks in each stage. */
  static final List<Integer> STAGES = List.of(2, 2, 2, 2);

  private static final int CLASSES = 10;
  private static final int WIDTH = 64;

  final ConvBn stem = new ConvBn(WIDTH, 3, 1);
  final List<Residual> blocks = new ArrayList<>();
  final GlobalAvgPool2D pool = new GlobalAvgPool2D();
  final Dense fc = new Dense(CLASSES);

  ResidualNet() {
    for (int stage = 0; stage < STAGES.size(); stage++) {
      for (int block = 0; block < STAGES.get(stage); block++) {
        blocks.add(new Residual(WIDTH << stage, stage > 0 && block == 0 ? 2 : 1));
      }
    }
  }

  @Forward
  Tensor forward(Tensor x) {
    Tensor y = stem.call(x).relu();
    for (Residual block : blocks) {
      y = block.call(y);
    }
    return fc.call(pool.call(y));
  }

  /** A convolution without bias, and a normalization. */
  @Block
  static class ConvBn extends HybridBlock {
    final Conv2D conv;
    final BatchNorm bn = new BatchNorm();

    ConvBn(int channels, int kernel, int stride) {
      conv = new Conv2D(channels, kernel).strides(stride).padding(kernel / 2).useBias(false);
    }

    @Forward
    Tensor forward(Tensor x) {
      return bn.call(conv.call(x));
    }
  }

  /** Two convolutions and a short cut. */
  @Block
  static class Residual extends HybridBlock {
    final ConvBn c1;
    final ConvBn c2;
    final @Nullable ConvBn down;

    Residual(int channels, int stride) {
      c1 = new ConvBn(channels, 3, stride);
      c2 = new ConvBn(channels, 3, 1);
      down = stride == 1 ? null : new ConvBn(channels, 1, stride);
    }

    @Forward
    Tensor forward(Tensor x) {
      Tensor y = c2.call(c1.call(x).relu());
      return y.add(down == null ? x : down.call(x)).relu();
    }
  }
}

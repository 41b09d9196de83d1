package io.gluonj.cli.bench;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.cli.bench.ResidualNet.ConvBn;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.nn.Dense;
import io.gluonj.nn.GlobalAvgPool2D;
import io.gluonj.nn.MaxPool2D;
import io.gluonj.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ResNet-50 (He et al., 2016) for ImageNet's pictures, in its version 1.5: where a stage halves the
 * picture, the 3x3 convolution does it.
 */
@Block
class DeepResidualNet extends HybridBlock {
  /** Blocks in each stage. */
  static final List<Integer> STAGES = List.of(3, 4, 6, 3);

  private static final int CLASSES = 1000;
  private static final int WIDTH = 64;

  final ConvBn stem = new ConvBn(WIDTH, 7, 2);
  final MaxPool2D pool = new MaxPool2D(3).strides(2).padding(1);
  final List<Bottleneck> blocks = new ArrayList<>();
  final GlobalAvgPool2D average = new GlobalAvgPool2D();
  final Dense fc = new Dense(CLASSES);

  DeepResidualNet() {
    for (int stage = 0; stage < STAGES.size(); stage++) {
      for (int block = 0; block < STAGES.get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        blocks.add(new Bottleneck(WIDTH << stage, stride, block == 0));
      }
    }
  }

  @Forward
  Tensor forward(Tensor x) {
    Tensor y = pool.call(stem.call(x).relu());
    for (Bottleneck block : blocks) {
      y = block.call(y);
    }
    return fc.call(average.call(y));
  }

  /** Three convolutions, the outer ones of single pixels, and a short cut. */
  @Block
  static class Bottleneck extends HybridBlock {
    private static final int EXPANSION = 4;

    final ConvBn c1;
    final ConvBn c2;
    final ConvBn c3;
    final @Nullable ConvBn down;

    Bottleneck(int channels, int stride, boolean changesShape) {
      c1 = new ConvBn(channels, 1, 1);
      c2 = new ConvBn(channels, 3, stride);
      c3 = new ConvBn(EXPANSION * channels, 1, 1);
      down = changesShape ? new ConvBn(EXPANSION * channels, 1, stride) : null;
    }

    @Forward
    Tensor forward(Tensor x) {
      Tensor y = c3.call(c2.call(c1.call(x).relu()).relu());
      return y.add(down == null ? x : down.call(x)).relu();
    }
  }
}

package io.gluonj.cli.bench;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.nn.Dense;
import io.gluonj.op.Indexing;
import io.gluonj.op.Normalizations;
import io.gluonj.op.ScaledDotProductAttention;
import io.gluonj.op.ScaledDotProductAttention.Layout;
import io.gluonj.op.ScaledDotProductAttention.Mask;
import io.gluonj.op.Units;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A language model of four pre-norm encoder layers (Vaswani et al., 2017) without positions and
 * mask: tokens (batch, time) to scores (batch * time, vocabulary).
 */
@Block
class Encoder extends HybridBlock {
  static final int VOCABULARY = 1000;
  private static final int WIDTH = 256;
  private static final int HEADS = 4;
  private static final int HIDDEN = 1024;
  private static final int LAYERS = 4;

  final int vocabulary = VOCABULARY;
  final int width = WIDTH;

  @Param(shape = {"vocabulary", "width"})
  Parameter tok;

  final List<Layer> layers = new ArrayList<>();
  final Norm ln = new Norm();
  final Dense head = new Dense(VOCABULARY).flatten(false);

  Encoder() {
    for (int i = 0; i < LAYERS; i++) {
      layers.add(new Layer());
    }
  }

  @Forward
  Tensor forward(Tensor tokens, Tensor tok) {
    Tensor x =
        Ops.call(new Indexing.Embedding(VOCABULARY, WIDTH, DType.FLOAT32, false), tokens, tok);
    for (Layer layer : layers) {
      x = layer.call(x);
    }
    return head.call(ln.call(x)).reshape(-1, VOCABULARY);
  }

  /** Layer normalization with scale and shift. */
  @Block
  static class Norm extends HybridBlock {
    @Param(shape = "?", init = "ones")
    Parameter gamma;

    @Param(shape = "?", init = "zeros")
    Parameter beta;

    @Forward
    Tensor forward(Tensor x, Tensor gamma, Tensor beta) {
      return Ops.call(new Normalizations.LayerNorm(-1, 1e-5, false), x, gamma, beta);
    }
  }

  /** Attention and two dense layers, each added to what it is given. */
  @Block
  static class Layer extends HybridBlock {
    final Norm ln1 = new Norm();
    final Dense qkv = new Dense(3 * WIDTH).flatten(false);
    final Dense proj = new Dense(WIDTH).flatten(false);
    final Norm ln2 = new Norm();
    final Dense ff1 = new Dense(HIDDEN).flatten(false);
    final Dense ff2 = new Dense(WIDTH).flatten(false);

    @Forward
    Tensor forward(Tensor x) {
      Tensor y = x.add(proj.call(attention(qkv.call(ln1.call(x)))));
      Tensor hidden = Ops.call(new Units.Gelu(), ff1.call(ln2.call(y)));
      return y.add(ff2.call(hidden));
    }

    /** (batch, time, 3 * width) to (batch, time, width). */
    private static Tensor attention(Tensor joint) {
      Tensor heads = joint.reshape(0, 0, 3 * HEADS, -1);
      Tensor mixed =
          Ops.call(
              new ScaledDotProductAttention(Optional.empty(), false, Mask.NONE, Layout.TIME_FIRST),
              heads.sliceAxis(2, 0, HEADS),
              heads.sliceAxis(2, HEADS, 2 * HEADS),
              heads.sliceAxis(2, 2 * HEADS, 3 * HEADS));
      return mixed.reshape(0, 0, -3);
    }
  }
}

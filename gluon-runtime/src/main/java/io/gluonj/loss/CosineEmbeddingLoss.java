package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.op.Norm;
import io.gluonj.op.ScalarMath;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import java.util.List;

/**
 * Makes vectors alike or unlike: {@code 1 - cos(a, b)} for the label 1, {@code max(0, cos(a, b) -
 * margin)} for the label -1.
 *
 * <p>Called with two tensors (samples, features), labels (samples,) and optionally sample weights
 * (samples, 1). The result is (samples, 1), as in MXNet.
 */
@Block
public class CosineEmbeddingLoss extends WeightedLoss<CosineEmbeddingLoss> {
  private static final double EPSILON = 1e-12;

  private final double margin;

  /** The margin 0. */
  public CosineEmbeddingLoss() {
    this(0);
  }

  public CosineEmbeddingLoss(double margin) {
    super(List.of("first vectors", "second vectors", "labels"), List.of("sample weights"));
    this.margin = margin;
  }

  @Override
  protected Tensor evaluate(List<Tensor> inputs) {
    Tensor b = inputs.get(1);
    Tensor a = inputs.get(0).reshapeLike(b);
    Tensor product = a.mul(b).sum(-1).reshape(-1, 1);
    Tensor cosine = product.div(length(a).mul(length(b)).maximum(EPSILON));
    Tensor label = inputs.get(2).reshapeLike(cosine);
    Tensor alike = Ops.call(new ScalarMath.EqualScalar(1), label);
    Tensor loss = cosine.rsub(1).where(alike, cosine.sub(margin).relu());
    return weighted(loss, optional(inputs, 3));
  }

  private static Tensor length(Tensor x) {
    return Ops.call(new Norm(2, List.of(-1), false), x).reshape(-1, 1);
  }
}

package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;

/**
 * Dense layer, {@code y = x Wᵀ + b}; with {@code flatten} all axes of x but the first are merged.
 */
public record FullyConnected(long numHidden, boolean noBias, boolean flatten)
    implements Op.Composite {
  private static final int DATA = 0;
  private static final int WEIGHT = 1;
  private static final int BIAS = 2;

  static final OpSchema<FullyConnected> SCHEMA =
      define(new FullyConnected(0, false, true), "FullyConnected")
          .inputs("data", "weight")
          .inputUnless(FullyConnected::noBias, "bias")
          .onnx("Gemm")
          .required("num_hidden")
          .sample(new FullyConnected(4, false, true), Shape.of(2, 3), Shape.of(4, 3), Shape.of(4))
          .sample(new FullyConnected(4, true, false), Shape.of(2, 5, 3), Shape.of(4, 3));

  @Override
  public void infer(Infer s) {
    Shape x = s.in(DATA);
    if (x.hasRank() && x.rank() < (flatten ? 1 : 2)) {
      throw s.error(
          "data of rank " + x.rank(),
          "the first axis counts samples and the others hold their features",
          "reshape data to (batch, features)");
    }
    long units = x.hasRank() ? (flatten ? x.sizeFrom(1) : x.dim(-1)) : Shape.UNKNOWN;
    s.in(WEIGHT, Shape.of(numHidden, units), "weight is (num_hidden, input units)");
    if (!noBias) {
      s.in(BIAS, Shape.of(numHidden), "bias is (num_hidden)");
    }
    if (x.hasRank()) {
      long weightUnits = s.in(WEIGHT).dim(1);
      if (!flatten || x.rank() == 2) {
        s.in(DATA, x.with(-1, weightUnits), "data has one value for each column of weight");
      }
      s.out(
          0,
          flatten ? Shape.of(x.dim(0), numHidden) : x.with(-1, numHidden),
          "there are num_hidden results for each sample");
    }
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Tensor x = e.in(DATA);
    Shape shape = x.shape();
    long rows = flatten ? shape.dim(0) : shape.sizeTo(shape.rank() - 1);
    long units = flatten ? shape.sizeFrom(1) : shape.dim(-1);
    Tensor matrix = x.reshapeTo(Shape.of(rows, units));
    Op product = new MatMul(false, true, !noBias);
    Tensor y =
        noBias
            ? Ops.call(product, matrix, e.in(WEIGHT))
            : Ops.call(product, matrix, e.in(WEIGHT), e.in(BIAS));
    return List.of(flatten ? y : y.reshapeTo(shape.with(-1, numHidden)));
  }
}

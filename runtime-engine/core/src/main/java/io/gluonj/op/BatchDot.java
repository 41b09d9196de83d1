package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;

/** A matrix product for each element of the batch axis: (B, M, K) and (B, K, N) give (B, M, N). */
public record BatchDot(boolean transposeA, boolean transposeB) implements Op.Composite {
  static final OpSchema<BatchDot> SCHEMA =
      define(new BatchDot(false, false), "batch_dot")
          .inputs("lhs", "rhs")
          .onnx("MatMul")
          .ignored("forward_stype")
          .sample(new BatchDot(false, true), Shape.of(5, 2, 3), Shape.of(5, 4, 3));

  @Override
  public void infer(Infer s) {
    for (int i = 0; i < 2; i++) {
      if (s.in(i).hasRank() && s.in(i).rank() != 3) {
        throw s.error(
            "an operand of rank " + s.in(i).rank(),
            "batch_dot multiplies batches of matrices, which have rank 3",
            "reshape to (batch, rows, columns)");
      }
    }
    new MatMul(transposeA, transposeB, false).infer(s);
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    return List.of(Ops.call(new MatMul(transposeA, transposeB, false), e.in(0), e.in(1)));
  }
}

package io.gluonj.op;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.op.ScaledDotProductAttention.Mask;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import io.gluonj.types.TensorType;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attention against its definition, one query at a time. */
final class AttentionTest {
  private static final long SEED = 99;
  private static final int HEADS = 4;
  private static final int FEATURES = 3;
  private static final int RESULTS = 2;

  private static NDArray random(Random random, long... dims) {
    Shape shape = Shape.of(dims);
    double[] values = random.doubles(shape.size(), -2, 2).toArray();
    return SampleRun.array(new TensorType(shape, DType.FLOAT64), values);
  }

  private static double visible(boolean causal, Mask mask, double m, int i, int j, int ahead) {
    boolean hidden = (causal && j > i + ahead) || (mask == Mask.BOOLEAN && m == 0);
    return hidden ? Double.NEGATIVE_INFINITY : mask == Mask.ADDITIVE ? m : 0;
  }

  @ParameterizedTest
  @CsvSource({
    "4, 5, 5, false, NONE",
    "4, 5, 5, true, NONE",
    "2, 3, 5, true, NONE",
    "1, 5, 3, true, NONE",
    "2, 4, 3, false, ADDITIVE",
    "1, 3, 4, true, BOOLEAN",
    "4, 1, 6, true, ADDITIVE"
  })
  void isTheWeightedMeanOfValues(int keyHeads, int queries, int keys, boolean causal, Mask mask) {
    Random random = new Random(SEED);
    NDArray q = random(random, 2, HEADS, queries, FEATURES);
    NDArray k = random(random, 2, keyHeads, keys, FEATURES);
    NDArray v = random(random, 2, keyHeads, keys, RESULTS);
    double[] m = random.doubles((long) queries * keys, -1, 1).toArray();
    for (int i = 0; i < m.length; i++) {
      boolean hide = i < keys || random.nextInt(3) == 0; // the first query sees nothing
      m[i] = mask == Mask.BOOLEAN ? hide ? 0 : 1 : hide ? Double.NEGATIVE_INFINITY : m[i];
    }
    NDArray maskArray = SampleRun.array(new TensorType(Shape.of(queries, keys), DType.FLOAT64), m);
    Op op = new ScaledDotProductAttention(Optional.of(0.7), causal, mask);
    double[] found =
        ((NDArray) (mask == Mask.NONE ? Ops.call(op, q, k, v) : Ops.call(op, q, k, v, maskArray)))
            .toDoubles();
    double[] qs = q.toDoubles();
    double[] ks = k.toDoubles();
    double[] vs = v.toDoubles();
    for (int row = 0; row < 2 * HEADS * queries; row++) {
      int i = row % queries;
      int head = row / queries / HEADS * keyHeads + row / queries % HEADS / (HEADS / keyHeads);
      double[] sum = new double[RESULTS];
      double total = 0;
      for (int j = 0; j < keys; j++) {
        double score = 0;
        for (int f = 0; f < FEATURES; f++) {
          score += qs[row * FEATURES + f] * ks[(head * keys + j) * FEATURES + f];
        }
        double seen = visible(causal, mask, m[i * keys + j], i, j, keys - queries);
        double weight = Math.exp(0.7 * score + seen);
        total += weight;
        for (int f = 0; f < RESULTS; f++) {
          sum[f] += weight * vs[(head * keys + j) * RESULTS + f];
        }
      }
      for (int f = 0; f < RESULTS; f++) {
        assertWithMessage("row %s, seed %s", row, SEED)
            .that(found[row * RESULTS + f])
            .isWithin(1e-12)
            .of(total == 0 ? 0 : sum[f] / total);
      }
    }
  }

  @Test
  void aQueryThatSeesNothingPassesNoGradientOn() {
    Random random = new Random(SEED);
    NDArray q = random(random, 3, FEATURES);
    NDArray k = random(random, 2, FEATURES);
    NDArray v = random(random, 2, RESULTS);
    q.attachGrad();
    NDArray y;
    try (var _ = Autograd.record()) {
      Op op = new ScaledDotProductAttention(Optional.empty(), true, Mask.NONE);
      y = (NDArray) Ops.call(op, q, k, v);
    }
    y.backward();
    double[] gradient = q.grad().toDoubles();
    assertThat(gradient[0]).isEqualTo(0);
    assertThat(gradient[2 * FEATURES]).isNotEqualTo(0);
  }

  @Test
  void headsOfQueriesAreAMultipleOfThoseOfKeys() {
    Random random = new Random(SEED);
    NDArray q = random(random, 3, 4, FEATURES);
    NDArray k = random(random, 2, 4, FEATURES);
    Op op = new ScaledDotProductAttention(Optional.empty(), false, Mask.NONE);
    var e = assertThrows(ShapeException.class, () -> Ops.call(op, q, k, k));
    assertThat(e).hasMessageThat().contains("3 heads of queries for 2 heads of keys");
  }
}

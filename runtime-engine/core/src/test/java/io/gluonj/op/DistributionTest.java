package io.gluonj.op;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.graph.Graph;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.CompiledFunction;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Origin;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import io.gluonj.types.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random operators against their distributions. Seeds are fixed, and thresholds are those that one
 * in a thousand seeds would exceed.
 */
final class DistributionTest {
  private static final long SEED = 20_000_303;
  private static final int N = 20_000;

  /** The quantile of Kolmogorov's distribution. */
  private static final double KOLMOGOROV = 1.95;

  /** The quantile of the normal distribution, for both sides. */
  private static final double NORMAL = 3.29;

  private static double[] draw(Op op, NDArray... inputs) {
    Generator.standard().seed(SEED);
    if (inputs.length > 0) {
      return ((NDArray) Ops.call(op, inputs)).toDoubles();
    }
    Graph graph = Graph.of(List.of(), Symbol.apply(op, "", Origin.NONE, List.of()));
    return new CompiledFunction("drawn", graph, Device.reference())
        .call(List.of())
        .getFirst()
        .toDoubles();
  }

  private static NDArray floats(double... values) {
    return SampleRun.array(TensorType.float32(values.length), values);
  }

  /** Largest distance between the empirical distribution and the true one (Kolmogorov, 1933). */
  private static void assertContinuous(String what, double[] drawn, DoubleUnaryOperator cdf) {
    double[] sorted = drawn.clone();
    Arrays.sort(sorted);
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      double p = cdf.applyAsDouble(sorted[i]);
      distance = Math.max(distance, Math.max(p - (double) i / N, (i + 1.0) / N - p));
    }
    assertWithMessage("%s, seed %s", what, SEED)
        .that(distance * Math.sqrt(N))
        .isLessThan(KOLMOGOROV);
  }

  /** Counts against probabilities of 0, 1, 2, … (Pearson, 1900); rare ones are counted together. */
  private static void assertDiscrete(String what, double[] drawn, double[] probabilities) {
    double[] counts = new double[probabilities.length + 1];
    for (double k : drawn) {
      assertThat(k).isEqualTo(Math.rint(k));
      counts[(int) Math.min(k, probabilities.length)]++;
    }
    double statistic = 0;
    double count = 0;
    double expected = 0;
    double left = drawn.length;
    int cells = 0;
    for (int k = 0; k < probabilities.length; k++) {
      count += counts[k];
      expected += probabilities[k] * drawn.length;
      if (expected >= 10 && left - expected >= 10) {
        statistic += (count - expected) * (count - expected) / expected;
        left -= expected;
        count = 0;
        expected = 0;
        cells++;
      }
    }
    double rest = count + counts[probabilities.length];
    statistic += (rest - left) * (rest - left) / left;
    double free = cells;
    double root = 1 - 2 / (9 * free) + 3.09 * Math.sqrt(2 / (9 * free)); // Wilson and Hilferty
    assertWithMessage("%s with %s degrees of freedom, seed %s", what, cells, SEED)
        .that(statistic)
        .isLessThan(free * root * root * root);
  }

  private static void assertMoments(String what, double[] drawn, double mean, double variance) {
    double found = Arrays.stream(drawn).average().orElseThrow();
    assertWithMessage("mean of %s, seed %s", what, SEED)
        .that(found)
        .isWithin(NORMAL * Math.sqrt(variance / drawn.length))
        .of(mean);
    double spread = Arrays.stream(drawn).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    double fourth = Arrays.stream(drawn).map(x -> Math.pow(x - mean, 4)).average().orElseThrow();
    assertWithMessage("variance of %s, seed %s", what, SEED)
        .that(spread)
        .isWithin(NORMAL * Math.sqrt((fourth - spread * spread) / drawn.length))
        .of(variance);
  }

  private static double normalCdf(double x) {
    return 0.5 * (1 + Erf.erf(x / Math.sqrt(2)));
  }

  /** The lower incomplete gamma function over the whole one, by its series. */
  private static double gammaCdf(double alpha, double x) {
    double logGamma = 0; // of alpha: shifted up, then Stirling's series
    double shifted = alpha;
    for (; shifted < 20; shifted++) {
      logGamma -= Math.log(shifted);
    }
    logGamma +=
        (shifted - 0.5) * Math.log(shifted)
            - shifted
            + 0.5 * Math.log(2 * Math.PI)
            + 1 / (12 * shifted)
            - 1 / (360 * shifted * shifted * shifted);
    double term = 1 / alpha;
    double sum = term;
    for (int k = 1; k < 2000 && term > sum * 1e-16; k++) {
      term *= x / (alpha + k);
      sum += term;
    }
    return x <= 0 ? 0 : sum * Math.exp(alpha * Math.log(x) - x - logGamma);
  }

  /** Probabilities of a negative binomial distribution with a real number of successes. */
  private static double[] negativeBinomial(double r, double p) {
    double[] probabilities = new double[400];
    probabilities[0] = Math.pow(p, r);
    for (int k = 0; k + 1 < probabilities.length; k++) {
      probabilities[k + 1] = probabilities[k] * (k + r) / (k + 1) * (1 - p);
    }
    return probabilities;
  }

  private static double[] poisson(double mean) {
    double[] probabilities = new double[(int) (mean + 20 * Math.sqrt(mean) + 20)];
    double log = -mean;
    for (int k = 0; k < probabilities.length; k++) {
      probabilities[k] = Math.exp(log);
      log += Math.log(mean) - Math.log(k + 1);
    }
    return probabilities;
  }

  private static List<Long> many() {
    return List.of((long) N);
  }

  private static Optional<DType> standard() {
    return Optional.empty();
  }

  @Test
  void continuousNumbersHaveTheirDistribution() {
    assertContinuous(
        "uniform", draw(new RandomNumbers.Uniform(-1, 3, many(), standard())), x -> (x + 1) / 4);
    double[] normal = draw(new RandomNumbers.Normal(2, 0.5, many(), standard()));
    assertContinuous("normal", normal, x -> normalCdf((x - 2) / 0.5));
    assertMoments("normal", normal, 2, 0.25);
    assertContinuous(
        "exponential",
        draw(new RandomNumbers.Exponential(4, many(), standard())),
        x -> -Math.expm1(-4 * x));
  }

  @ParameterizedTest
  @CsvSource({"0.1, 2", "0.8, 1", "1, 0.5", "2.5, 3", "40, 0.1"})
  void gammaNumbersHaveTheirDistribution(double alpha, double beta) {
    double[] drawn = draw(new RandomNumbers.Gamma(alpha, beta, many(), standard()));
    assertContinuous("gamma " + alpha, drawn, x -> gammaCdf(alpha, x / beta));
    assertMoments("gamma " + alpha, drawn, alpha * beta, alpha * beta * beta);
  }

  @ParameterizedTest
  @CsvSource({"0.3", "3", "9.99", "10", "25.5", "300"})
  void poissonCountsHaveTheirDistribution(double mean) {
    double[] drawn = draw(new RandomNumbers.Poisson(mean, many(), standard()));
    assertDiscrete("poisson " + mean, drawn, poisson(mean));
    assertMoments("poisson " + mean, drawn, mean, mean);
  }

  @Test
  void negativeBinomialCountsHaveTheirDistribution() {
    double[] failures = draw(new RandomNumbers.NegativeBinomial(3, 0.4, many(), standard()));
    assertDiscrete("negative binomial", failures, negativeBinomial(3, 0.4));
    assertMoments("negative binomial", failures, 3 * 0.6 / 0.4, 3 * 0.6 / 0.16);
    double mu = 6;
    double alpha = 0.5;
    double[] counts =
        draw(new RandomNumbers.GeneralizedNegativeBinomial(mu, alpha, many(), standard()));
    assertDiscrete("generalized", counts, negativeBinomial(1 / alpha, 1 / (1 + mu * alpha)));
    assertMoments("generalized", counts, mu, mu + alpha * mu * mu);
    double[] limit = draw(new RandomNumbers.GeneralizedNegativeBinomial(mu, 0, many(), standard()));
    assertDiscrete("generalized without dispersion", limit, poisson(mu));
  }

  @Test
  void wholeNumbersAreEquallyLikely() {
    double[] drawn = draw(new RandomNumbers.Integers(-3, 10, many(), standard()));
    double[] shifted = Arrays.stream(drawn).map(x -> x + 3).toArray();
    assertDiscrete(
        "integers", shifted, IntStream.range(0, 13).mapToDouble(i -> 1 / 13.0).toArray());
    double[] large =
        draw(new RandomNumbers.Integers(0, 1L << 40, many(), Optional.of(DType.INT64)));
    assertContinuous("integers of 40 bits", large, x -> x / 0x1p40);
    assertThat(Arrays.stream(large).anyMatch(x -> x % 2 == 1)).isTrue();
  }

  @Test
  void everyElementOfTheParametersHasNumbersOfItsOwn() {
    Op op = new RandomSamples.Normal(many(), standard());
    double[] drawn = draw(op, floats(-4, 100), floats(1, 0.25));
    assertThat(drawn).hasLength(2 * N);
    double[] first = Arrays.copyOf(drawn, N);
    double[] second = Arrays.copyOfRange(drawn, N, 2 * N);
    assertContinuous("normal -4", first, x -> normalCdf(x + 4));
    assertContinuous("normal 100", second, x -> normalCdf((x - 100) * 4));
    double[] counts = draw(new RandomSamples.Poisson(many(), standard()), floats(2, 60));
    assertDiscrete("poisson 2", Arrays.copyOf(counts, N), poisson(2));
    assertDiscrete("poisson 60", Arrays.copyOfRange(counts, N, 2 * N), poisson(60));
    assertThat(draw(new RandomSamples.Uniform(List.of(), standard()), floats(0, 5), floats(1, 6)))
        .hasLength(2);
  }

  @Test
  void choicesHaveTheirProbabilities() {
    double[] p = {0.2, 0, 0.5, 0.05, 0.25, 0};
    NDArray data = floats(p);
    data.attachGrad();
    Generator.standard().seed(SEED);
    List<NDArray> outputs;
    try (var _ = Autograd.record()) {
      outputs =
          Ops.callAll(new Draws.Multinomial(many(), true, DType.INT32), "", List.of(data)).stream()
              .map(NDArray.class::cast)
              .toList();
    }
    double[] chosen = outputs.getFirst().toDoubles();
    assertDiscrete("choices", chosen, p);
    double[] logarithms = outputs.get(1).toDoubles();
    double[] counts = new double[p.length];
    for (int i = 0; i < N; i++) {
      counts[(int) chosen[i]]++;
      assertThat(logarithms[i]).isWithin(1e-6).of(Math.log(p[(int) chosen[i]]));
    }
    outputs.get(1).backward();
    double[] gradient = data.grad().toDoubles();
    for (int k = 0; k < p.length; k++) {
      double expected = counts[k] == 0 ? 0 : counts[k] / p[k];
      assertThat(gradient[k]).isWithin(1e-3 * (1 + expected)).of(expected);
    }
  }

  @Test
  void shufflingKeepsTheSlices() {
    double[] rows = IntStream.range(0, 2 * N).mapToDouble(i -> Math.floorDiv(i, 2)).toArray();
    NDArray data = SampleRun.array(TensorType.float32(N, 2), rows);
    double[] drawn = draw(new Draws.Shuffle(), data);
    double[] sorted = drawn.clone();
    Arrays.sort(sorted);
    assertThat(sorted).isEqualTo(rows);
    double correlation = 0;
    for (int i = 0; i < N; i++) {
      assertThat(drawn[2 * i]).isEqualTo(drawn[2 * i + 1]);
      correlation += (drawn[2 * i] - N / 2.0) * (i - N / 2.0);
    }
    assertWithMessage("seed %s", SEED)
        .that(Math.abs(correlation * 12 / N / N / N) * Math.sqrt(N))
        .isLessThan(NORMAL);
  }

  private static final double[] LOGITS = {
    Math.log(0.1), Math.log(0.4), Math.log(0.05), Math.log(0.3), Math.log(0.15)
  };

  @ParameterizedTest
  @CsvSource({
    "0, 1, 11111", "2, 1, 01010", "9, 1, 11111", "1, 0.5, 01000", "0, 0.39, 01000",
    "0, 0.41, 01010", "0, 0.84, 01011", "3, 0.9, 01011", "3, 0.6, 01010", "0, 1e-6, 01000"
  })
  void onlyTheBestLogitsStay(int topK, double topP, String stay) {
    double[] filtered = draw(new Draws.FilterLogits(topK, topP), floats(LOGITS));
    for (int i = 0; i < LOGITS.length; i++) {
      double expected = stay.charAt(i) == '1' ? (float) LOGITS[i] : Double.NEGATIVE_INFINITY;
      assertThat(filtered[i]).isEqualTo(expected);
    }
  }

  @Test
  void tokensAreChosenFromWhatStays() {
    double[] rows = new double[N * LOGITS.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = LOGITS[i % LOGITS.length];
    }
    NDArray logits = SampleRun.array(TensorType.float32(N, LOGITS.length), rows);
    double[] shares = {0, 0.4 / 0.85, 0, 0.3 / 0.85, 0.15 / 0.85};
    assertDiscrete("tokens", draw(new Draws.SampleTokens(1, 3, 1), logits), shares);
    double cool = 0.16 + 0.09; // squares, for half the temperature
    double[] sharper = {0, 0.16 / cool, 0, 0.09 / cool, 0};
    assertDiscrete("cool tokens", draw(new Draws.SampleTokens(0.5, 2, 1), logits), sharper);
    assertThat(draw(new Draws.SampleTokens(0, 0, 1), floats(LOGITS))).isEqualTo(new double[] {1});
  }

  @Test
  void parametersOutsideTheirRangeAreRefused() {
    for (Op op :
        List.of(
            new RandomNumbers.Normal(0, -1, many(), standard()),
            new RandomNumbers.Gamma(0, 1, many(), standard()),
            new RandomNumbers.Integers(3, 3, many(), standard()),
            new RandomNumbers.NegativeBinomial(1, 0, many(), standard()))) {
      assertThrows(ShapeException.class, () -> draw(op));
    }
    assertThrows(ShapeException.class, () -> draw(new Draws.FilterLogits(-1, 1), floats(LOGITS)));
  }

  @Test
  void withoutAShapeThereIsOneNumber() {
    Op op = new RandomNumbers.Uniform(0, 1, List.of(), standard());
    List<TensorType> types = Infer.outputs(op, "", List.of());
    assertThat(types).containsExactly(new TensorType(Shape.of(1), DType.FLOAT32));
  }
}

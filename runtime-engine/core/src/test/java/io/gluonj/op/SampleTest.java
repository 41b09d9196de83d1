package io.gluonj.op;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gluonj.op.OpSchema.Sample;
import io.gluonj.types.AutogradException;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every operator's samples: types, gradients and second derivatives. */
final class SampleTest {
  private static final long SEED = 31415;
  private static final double STEP = 1e-5;

  /** Whether an operator can be differentiated once only, because its backward kernel is opaque. */
  private static boolean onceOnly(Op op) {
    return switch (op) {
      case Correlation c -> !c.isMultiply();
      case Displaced d -> !d.plan().product();
      case CtcLoss _, CtcPaths _ -> true;
      default -> false;
    };
  }

  private interface Check {
    void run(String name, Sample sample);
  }

  private static Stream<DynamicTest> forEverySample(Check check) {
    var tests = new ArrayList<DynamicTest>();
    for (Class<? extends Op> type : OpRegistry.all()) {
      OpSchema<?> schema = OpSchema.of(type);
      for (int i = 0; i < schema.samples().size(); i++) {
        Sample sample = schema.samples().get(i);
        String name = schema.name() + " sample " + i;
        tests.add(DynamicTest.dynamicTest(name, () -> check.run(name + ", seed " + SEED, sample)));
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> inferenceFindsTheTypesOfTheRun() {
    return forEverySample((name, sample) -> {
      SampleRun run = new SampleRun(sample, SEED);
      List<TensorType> inferred = Infer.outputs(sample.op(), "", run.types());
      List<TensorType> found = run.outputTypes();
      if (sample.op() instanceof Op.Dynamic) {
        for (int k = 0; k < found.size(); k++) {
          assertThat(inferred.get(k).dtype()).isEqualTo(found.get(k).dtype());
          assertThat(inferred.get(k).shape().unify(found.get(k).shape()))
              .isEqualTo(found.get(k).shape());
        }
        return;
      }
      assertWithMessage(name)
          .that(inferred.subList(0, sample.op().visibleOutputs()))
          .isEqualTo(found);
      assertThat(inferred.stream().allMatch(t -> t.shape().isKnown())).isTrue();
    });
  }

  @TestFactory
  Stream<DynamicTest> gradientsAreTheDerivatives() {
    return forEverySample((name, sample) -> {
      skipConventions(sample);
      SampleRun run = new SampleRun(sample, SEED);
      compare(name, run, run::value, (r, values) -> r.gradients(values));
    });
  }

  @TestFactory
  Stream<DynamicTest> secondGradientsAreTheDerivativesOfTheGradients() {
    return forEverySample((name, sample) -> {
      skipConventions(sample);
      SampleRun run = new SampleRun(sample, SEED);
      if (onceOnly(sample.op())) {
        var e = assertThrows(AutogradException.class, () -> run.secondGradients(run.values()));
        assertThat(e).hasMessageThat().contains("a second derivative through");
      } else {
        compare(name, run, run::slope, (r, values) -> r.secondGradients(values));
      }
    });
  }

  /** Passes over gradients that are by intent not the derivative; recorded cases cover them. */
  private static void skipConventions(Sample sample) {
    OpSchema<?> schema = sample.op().schema();
    String why =
        sample.op() instanceof OptimizerUpdates
            ? "an optimizer step is not part of the differentiated computation"
            : schema.gradientConvention();
    assumeTrue(why.isEmpty(), () -> schema.name() + ": " + why);
  }

  /** Gradients against central differences of the function they belong to. */
  private static void compare(
      String name,
      SampleRun run,
      ToDoubleFunction<List<double[]>> function,
      BiFunction<SampleRun, List<double[]>, List<double[]>> derivative) {
    List<double[]> values = run.values();
    List<double[]> gradients = derivative.apply(run, values);
    for (int i = 0; i < values.size(); i++) {
      if (!run.types().get(i).dtype().isFloating()) {
        continue;
      }
      for (int j = 0; j < values.get(i).length; j++) {
        double difference =
            (function.applyAsDouble(moved(values, i, j, STEP))
                    - function.applyAsDouble(moved(values, i, j, -STEP)))
                / (2 * STEP);
        assertWithMessage("%s: derivative by element %s of input %s", name, j, i)
            .that(gradients.get(i)[j])
            .isWithin(1e-6 * (1 + Math.abs(difference)))
            .of(difference);
      }
    }
  }

  private static List<double[]> moved(List<double[]> values, int input, int element, double by) {
    var copy = new ArrayList<>(values);
    double[] changed = values.get(input).clone();
    changed[element] += by;
    copy.set(input, changed);
    return copy;
  }
}

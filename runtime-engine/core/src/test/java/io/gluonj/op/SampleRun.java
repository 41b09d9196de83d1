package io.gluonj.op;

import io.gluonj.op.OpSchema.Sample;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.AutogradException;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An operator's sample in float64 on the reference backend, as a function from all its inputs to
 * one number: the outputs' sum with fixed random weights. That makes every gradient a vector.
 */
final class SampleRun {
  private static final Device DEVICE = Device.reference();

  private final Sample sample;
  private final List<TensorType> types;
  private final long seed;
  private @Nullable List<Integer> differentiable;

  SampleRun(Sample sample, long seed) {
    this.sample = sample;
    this.seed = seed;
    this.types =
        sample.types().stream()
            .map(t -> t.dtype().isFloating() ? new TensorType(t.shape(), DType.FLOAT64) : t)
            .toList();
  }

  List<TensorType> types() {
    return types;
  }

  /** Values in the sample's ranges. */
  List<double[]> values() {
    Random random = new Random(seed);
    var values = new ArrayList<double[]>();
    for (SampleInput input : sample.inputs()) {
      values.add(random.doubles(input.type().shape().size(), input.low(), input.high()).toArray());
    }
    return values;
  }

  /** Fixed weights of a tensor's elements. */
  private static NDArray weights(TensorType type, int salt) {
    double[] weights = new Random(4711 + salt).doubles(type.shape().size(), 0.5, 1.5).toArray();
    return array(new TensorType(type.shape(), DType.FLOAT64), weights);
  }

  static NDArray array(TensorType type, double[] values) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(type.bytes());
      for (int i = 0; i < values.length; i++) {
        type.dtype().write(host, i, values[i]);
      }
      return NDArray.of(host, type, DEVICE);
    }
  }

  private List<NDArray> inputs(List<double[]> values) {
    var inputs = new ArrayList<NDArray>();
    for (int i = 0; i < types.size(); i++) {
      NDArray input = array(types.get(i), values.get(i));
      if (types.get(i).dtype().isFloating()) {
        input.attachGrad();
      }
      inputs.add(input);
    }
    return inputs;
  }

  /** The outputs' types as the run itself finds them. */
  List<TensorType> outputTypes() {
    return call(inputs(values())).stream().map(Tensor::type).toList();
  }

  private List<? extends Tensor> call(List<NDArray> inputs) {
    Generator.standard().seed(99); // the same random numbers in every run
    return Ops.callAll(sample.op(), "", inputs);
  }

  private NDArray number(List<NDArray> inputs) {
    NDArray total = array(new TensorType(Shape.of(1), DType.FLOAT64), new double[1]);
    List<? extends Tensor> outputs = call(inputs);
    for (int k = 0; k < outputs.size(); k++) {
      Tensor output = outputs.get(k);
      NDArray weighted = (NDArray) output.cast(DType.FLOAT64).mul(weights(output.type(), k)).sum();
      total = total.add(weighted);
    }
    return total;
  }

  /** The number, in training mode. */
  double value(List<double[]> values) {
    try (var _ = Autograd.trainMode()) {
      return number(inputs(values)).item();
    }
  }

  /** The gradients by automatic differentiation; zeros where there is none. */
  List<double[]> gradients(List<double[]> values) {
    List<NDArray> inputs = inputs(values);
    NDArray number;
    try (var _ = Autograd.record()) {
      number = number(inputs);
    }
    return collect(inputs, number);
  }

  private List<double[]> collect(List<NDArray> inputs, NDArray number) {
    try {
      number.backward();
    } catch (AutogradException e) {
      if (!String.valueOf(e.getMessage()).contains("was not computed inside")) {
        throw e;
      } // nothing depends on the inputs: the collected gradients stay zero
    }
    var gradients = new ArrayList<double[]>();
    for (int i = 0; i < inputs.size(); i++) {
      gradients.add(
          inputs.get(i).hasGrad()
              ? inputs.get(i).grad().toDoubles()
              : new double[(int) inputs.get(i).size()]);
    }
    return gradients;
  }

  /** Inputs whose gradient exists. */
  private List<Integer> differentiable(List<double[]> values) {
    if (differentiable == null) {
      differentiable = findDifferentiable(values);
    }
    return differentiable;
  }

  private List<Integer> findDifferentiable(List<double[]> values) {
    List<NDArray> inputs = inputs(values);
    NDArray number;
    try (var _ = Autograd.record()) {
      number = number(inputs);
    }
    collect(inputs, number);
    var found = new ArrayList<Integer>();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).hasFreshGrad(false)) {
        found.add(i);
      }
    }
    return found;
  }

  /** The weighted sum of all first derivatives: what is differentiated a second time. */
  double slope(List<double[]> values) {
    List<double[]> gradients = gradients(values);
    double slope = 0;
    for (int i : differentiable(values)) {
      double[] weights = weights(types.get(i), 100 + i).toDoubles();
      for (int j = 0; j < weights.length; j++) {
        slope += weights[j] * gradients.get(i)[j];
      }
    }
    return slope;
  }

  /** The gradients of {@link #slope} by differentiating the gradient again. */
  List<double[]> secondGradients(List<double[]> values) {
    List<Integer> variables = differentiable(values);
    List<NDArray> inputs = inputs(values);
    NDArray slope = array(new TensorType(Shape.of(1), DType.FLOAT64), new double[1]);
    try (var _ = Autograd.record()) {
      NDArray number = number(inputs);
      if (!variables.isEmpty()) {
        List<NDArray> gradients =
            Autograd.grad(
                List.of(number), variables.stream().map(inputs::get).toList(), true, true);
        for (int k = 0; k < gradients.size(); k++) {
          int i = variables.get(k);
          slope = slope.add(gradients.get(k).mul(weights(types.get(i), 100 + i)).sum());
        }
      }
    }
    return collect(inputs, slope);
  }
}

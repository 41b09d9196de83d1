package io.gluonj.conformance;

import io.gluonj.conformance.OpCaseResult.Failed;
import io.gluonj.conformance.OpCaseResult.Passed;
import io.gluonj.conformance.OpCaseResult.Unsupported;
import io.gluonj.graph.Graph;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.CompiledFunction;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.AutogradException;
import io.gluonj.types.Device;
import io.gluonj.types.GluonException;
import io.gluonj.types.Shape;
import io.gluonj.types.UnsupportedOpException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs recorded cases on a device and compares outputs, gradients and changed inputs. */
public final class OpCaseRun {
  private final Device device;
  private final double tolerance;

  /**
   * Prepares.
   *
   * @param device on which {@code Backends.of} finds a backend
   * @param tolerance largest accepted {@link Deviation#relative}
   */
  public OpCaseRun(Device device, double tolerance) {
    this.device = device;
    this.tolerance = tolerance;
  }

  /** Runs one case; whatever it throws is part of the result. No array is left. */
  public OpCaseResult run(OpCase recorded) {
    try (var _ = TensorScope.open()) {
      List<Difference> found = new Comparison(recorded, recorded.graph()).run();
      found.sort(Comparator.comparingDouble(Difference::size).reversed());
      return found.isEmpty()
          ? new Passed(recorded)
          : new Failed(recorded, found.stream().map(Difference::text).toList());
    } catch (UnsupportedOpException e) {
      return new Unsupported(recorded, firstLine(e));
    } catch (GluonException e) {
      return new Failed(recorded, List.of(firstLine(e)));
    } catch (RuntimeException e) { // a defect of the framework, which the case has brought to light
      return new Failed(recorded, List.of("unexpected failure: " + e));
    }
  }

  private static String firstLine(GluonException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private record Difference(String text, double size) {}

  private final class Comparison {
    private final OpCase recorded;
    private final Graph graph;
    private final Map<String, NDArray> inputs = new LinkedHashMap<>();
    private final List<Difference> differences = new ArrayList<>();

    Comparison(OpCase recorded, Graph graph) {
      this.recorded = recorded;
      this.graph = graph;
    }

    List<Difference> run() {
      recorded.inputs().forEach((name, tensor) -> inputs.put(name, tensor.on(device)));
      recorded.gradients().keySet().forEach(name -> input(name).attachGrad());
      try {
        callAndCompare();
      } finally { // a scope frees no gradients
        recorded.gradients().keySet().forEach(name -> input(name).grad().close());
      }
      return differences;
    }

    private void callAndCompare() {
      List<NDArray> outputs;
      try (var _ = Autograd.record(recorded.training())) {
        var function = new CompiledFunction(recorded.op(), graph, device);
        outputs = function.call(List.copyOf(inputs.values()));
      }
      if (outputs.size() > recorded.outputs().size()) {
        differ("there are " + outputs.size() + " outputs, expected " + recorded.outputs().size());
        return;
      }
      for (int k = 0; k < outputs.size(); k++) {
        compare("output " + k, outputs.get(k), recorded.outputs().get(k));
      }
      if (differences.isEmpty() && !recorded.gradients().isEmpty()) {
        backward(outputs);
        recorded
            .gradients()
            .forEach((name, g) -> compare("gradient of " + name, input(name).grad(), g));
      }
      recorded.inputsAfter().forEach((name, v) -> compare(name + " afterwards", input(name), v));
    }

    private NDArray input(String name) {
      return Objects.requireNonNull(inputs.get(name)); // the reader has checked the names
    }

    /** A result without gradient leaves the collected gradients at zero, as MXNet reports it. */
    private void backward(List<NDArray> outputs) {
      var heads = new ArrayList<NDArray>();
      for (int k = 0; k < outputs.size(); k++) {
        heads.add(recorded.headGradients().get(k).as(outputs.get(k).type()).on(device));
      }
      try {
        Autograd.backward(outputs, heads, false);
      } catch (AutogradException e) {
        if (!recorded.gradients().values().stream().allMatch(RecordedTensor::isZero)) {
          throw e;
        }
      }
    }

    private void compare(String what, NDArray actual, RecordedTensor expected) {
      Shape shape = actual.shape();
      if (!actual.type().equals(expected.type())) {
        differ(what + " has type " + actual.type() + ", expected " + expected.type());
        return;
      }
      double[] found = actual.toDoubles();
      int worst = 0;
      double largest = 0;
      for (int i = 0; i < found.length; i++) {
        double deviation = Deviation.relative(found[i], expected.at(i));
        if (deviation > largest) {
          largest = deviation;
          worst = i;
        }
      }
      if (largest > tolerance) {
        var deviation = Deviation.of(what, shape, worst, found[worst], expected.at(worst));
        differences.add(new Difference(deviation.toString(), largest));
      }
    }

    private void differ(String text) {
      differences.add(new Difference(text, Double.POSITIVE_INFINITY));
    }
  }
}

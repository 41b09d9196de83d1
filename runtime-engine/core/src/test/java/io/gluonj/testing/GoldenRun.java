package io.gluonj.testing;

import com.google.gson.JsonParser;
import io.gluonj.graph.Graph;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.CompiledFunction;
import io.gluonj.tensor.NDArray;
import io.gluonj.testing.GoldenCase.Value;
import io.gluonj.types.AutogradException;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.GluonException;
import io.gluonj.types.TensorType;
import io.gluonj.types.UnsupportedOpException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All recorded cases on one device.
 *
 * @param covered identifiers of the cases that ran and agreed
 * @param unsupported cases whose operator or attributes this version does not have, with the reason
 * @param failures cases that ran and disagreed, with what was found
 */
public record GoldenRun(
    List<String> covered, Map<String, String> unsupported, Map<String, String> failures) {
  private static final String RESOURCE = "golden/ops.jsonl";

  /** The recorded cases. */
  public static List<GoldenCase> cases() {
    return Fixture.text(RESOURCE)
        .lines()
        .map(line -> GoldenCase.of(JsonParser.parseString(line).getAsJsonObject()))
        .toList();
  }

  /**
   * Runs all cases.
   *
   * @param tolerance largest difference relative to 1 + |expected|
   */
  public static GoldenRun on(Device device, double tolerance) {
    var covered = new ArrayList<String>();
    Map<String, String> unsupported = new TreeMap<>();
    Map<String, String> failures = new LinkedHashMap<>();
    for (GoldenCase c : cases()) {
      try {
        List<String> wrong = new Case(c, c.graph(), device, tolerance).run();
        if (wrong.isEmpty()) {
          covered.add(c.id());
        } else {
          failures.put(c.id(), c.op() + c.attributes() + ": " + String.join("; ", wrong));
        }
      } catch (UnsupportedOpException e) {
        unsupported.put(c.id(), reason(c, e));
      } catch (GluonException | IllegalStateException | IndexOutOfBoundsException e) {
        failures.put(c.id(), c.op() + c.attributes() + ": " + e);
      }
    }
    return new GoldenRun(List.copyOf(covered), unsupported, failures);
  }

  private static String reason(GoldenCase c, UnsupportedOpException e) {
    String[] lines = String.valueOf(e.getMessage()).split("\n", -1);
    String line = lines.length > 1 ? lines[1].strip() : lines[0];
    return line.replace("'" + c.id() + "': ", "").replaceAll("; did you mean.*", "");
  }

  /** What the run found, as a table. */
  public String table() {
    int all = covered.size() + unsupported.size() + failures.size();
    var text = new StringBuilder();
    text.append("MXNet cases: covered ").append(covered.size()).append(" of ").append(all);
    text.append(", failed ").append(failures.size());
    text.append(", unsupported ").append(unsupported.size()).append('\n');
    failures.forEach((id, why) -> text.append("  FAILED      %-28s %s%n".formatted(id, why)));
    unsupported.forEach((id, why) -> text.append("  unsupported %-28s %s%n".formatted(id, why)));
    return text.toString();
  }

  /** One case on one device. */
  private record Case(GoldenCase golden, Graph graph, Device device, double tolerance) {
    List<String> run() {
      Map<String, NDArray> inputs = new LinkedHashMap<>();
      golden.inputs().forEach((name, value) -> inputs.put(name, array(value)));
      golden.gradients().keySet().forEach(name -> input(inputs, name).attachGrad());
      var wrong = new ArrayList<String>();
      List<NDArray> outputs;
      try (var _ = Autograd.record()) {
        outputs =
            new CompiledFunction(golden.id(), graph, device)
                .call(graph.variables().stream().map(v -> input(inputs, v.name())).toList());
      }
      for (int k = 0; k < outputs.size(); k++) {
        Value expected = golden.outputs().get(k);
        if (!outputs.get(k).shape().equals(expected.type().shape())) {
          wrong.add(
              "output %d has shape %s, expected %s"
                  .formatted(k, outputs.get(k).shape(), expected.type().shape()));
        } else {
          compare("output " + k, outputs.get(k), expected.values(), wrong);
        }
      }
      if (!golden.gradients().isEmpty() && wrong.isEmpty()) {
        backward(outputs);
        golden
            .gradients()
            .forEach((name, g) -> compare("d" + name, input(inputs, name).grad(), g, wrong));
      }
      golden
          .inputsAfter()
          .forEach((name, v) -> compare(name + " after", input(inputs, name), v, wrong));
      return wrong;
    }

    private static NDArray input(Map<String, NDArray> inputs, String name) {
      NDArray array = inputs.get(name);
      if (array == null) {
        throw new IllegalStateException("the case has no input " + name);
      }
      return array;
    }

    /** A result without gradient leaves the collected gradients at zero, as MXNet reports it. */
    private void backward(List<NDArray> outputs) {
      var heads = new ArrayList<NDArray>();
      for (int k = 0; k < outputs.size(); k++) {
        double[] gradient = golden.headGradients().get(k);
        heads.add(array(outputs.get(k).type(), gradient));
      }
      try {
        Autograd.backward(outputs, heads, false);
      } catch (AutogradException e) {
        if (golden.gradients().values().stream()
            .anyMatch(g -> java.util.Arrays.stream(g).anyMatch(v -> v != 0))) {
          throw e;
        }
      }
    }

    private NDArray array(Value value) {
      return array(value.type(), value.values());
    }

    private NDArray array(TensorType type, double[] values) {
      DType dtype = type.dtype();
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment host = arena.allocate(type.bytes());
        for (int i = 0; i < values.length; i++) {
          dtype.write(host, i, values[i]);
        }
        return NDArray.of(host, type, device);
      }
    }

    private void compare(String what, NDArray actual, double[] expected, List<String> wrong) {
      double[] found = actual.toDoubles();
      if (found.length != expected.length) {
        wrong.add("%s has %d values, expected %d".formatted(what, found.length, expected.length));
        return;
      }
      for (int i = 0; i < found.length; i++) {
        boolean same =
            found[i] == expected[i]
                || (Double.isNaN(found[i]) && Double.isNaN(expected[i]))
                || Math.abs(found[i] - expected[i]) <= tolerance * (1 + Math.abs(expected[i]));
        if (!same) {
          wrong.add("%s[%d] is %s, expected %s".formatted(what, i, found[i], expected[i]));
          return;
        }
      }
    }
  }
}

package io.gluonj.test.badinput;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.io.SymbolJson;
import io.gluonj.op.Infer;
import io.gluonj.op.Op;
import io.gluonj.op.OpSchema;
import io.gluonj.op.OpSchema.Sample;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.LiveArrays;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.AutogradException;
import io.gluonj.types.Device;
import io.gluonj.types.GluonException;
import io.gluonj.types.TensorType;
import io.gluonj.types.VerificationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes a call and holds what comes out against what may. */
final class Check {
  private static final int SEED = 20261124;

  private Check() {}

  /** Infers the call's types; any exception but a documented one passes through. */
  static Outcome symbolic(BadCall call) {
    try {
      infer(call.op(), types(call.inputs(true)));
      return Outcome.COMPUTED;
    } catch (GluonException e) {
      return refused(call.sample(), e);
    }
  }

  /** Reads the operator that a file describes and infers its types. */
  static Outcome file(FileCall call) {
    FileCall.Node node = call.node();
    try {
      Op op = SymbolJson.operator(node.op(), node.attributes(), node.inputs().size());
      infer(op, node.inputs());
      return Outcome.COMPUTED;
    } catch (GluonException e) {
      return refused(call.sample(), e);
    }
  }

  /** Computes the call. */
  static Outcome eager(BadCall call, Device device, boolean recording) {
    long before = LiveArrays.count();
    Outcome outcome = computed(call, device, recording);
    assertWithMessage("live arrays").that(LiveArrays.count()).isAtMost(before);
    return outcome;
  }

  private static Outcome computed(BadCall call, Device device, boolean recording) {
    var arrays = new ArrayList<NDArray>();
    try {
      Op op = call.op();
      List<BadCall.Input> inputs = call.inputs(false);
      if (!computable(op, inputs)) {
        return Outcome.TOO_LARGE;
      }
      var random = new Random(SEED);
      inputs.forEach(input -> arrays.add(input.array(device, random)));
      var given = List.copyOf(arrays);
      if (recording) {
        given.stream()
            .filter(a -> a.dtype().isFloating() && !a.isClosed())
            .forEach(a -> {
              a.attachGrad();
              arrays.add(a.grad());
            });
      }
      var outputs = new ArrayList<NDArray>();
      try (var _ = recording ? Autograd.record() : Autograd.pause()) {
        Ops.callAll(op, "", given).forEach(out -> outputs.add((NDArray) out));
      }
      arrays.addAll(outputs);
      outputs.forEach(out -> assertThat(out.toDoubles()).hasLength((int) out.size()));
      if (recording) {
        backward(outputs);
      }
      return Outcome.COMPUTED;
    } catch (GluonException e) {
      return refused(call.sample(), e);
    } finally {
      arrays.forEach(NDArray::close);
    }
  }

  /** Whether all arrays are small; shapes that are refused are, because nothing is computed. */
  private static boolean computable(Op op, List<BadCall.Input> inputs) {
    for (BadCall.Input input : inputs) {
      if (size(input.type()) > BadCall.MOST) {
        return false;
      }
    }
    try {
      return infer(op, types(inputs)).stream().allMatch(type -> size(type) <= BadCall.MOST);
    } catch (GluonException e) {
      return true;
    }
  }

  private static long size(TensorType type) {
    try {
      return type.bytes();
    } catch (GluonException e) {
      return Long.MAX_VALUE;
    }
  }

  private static List<TensorType> types(List<BadCall.Input> inputs) {
    return inputs.stream().map(BadCall.Input::type).toList();
  }

  private static List<TensorType> infer(Op op, List<TensorType> inputs) {
    if (inputs.isEmpty()) {
      return Infer.outputs(op, "", inputs);
    }
    var variables = new ArrayList<Tensor>();
    for (TensorType type : inputs) {
      variables.add(Symbol.var("in" + variables.size(), type, Symbol.Role.DATA, Map.of()));
    }
    return Ops.callAll(op, "", variables).stream().map(Tensor::type).toList();
  }

  private static void backward(List<NDArray> outputs) {
    List<NDArray> heads = outputs.stream().filter(out -> out.dtype().isFloating()).toList();
    if (heads.isEmpty()) {
      return;
    }
    var ones = new ArrayList<NDArray>();
    try {
      heads.forEach(out -> ones.add(NDArray.full(1, out.type(), out.device())));
      Autograd.backward(heads, ones, false);
    } catch (AutogradException e) {
      assertThat(e).hasMessageThat().contains("\n  because  "); // there is no derivative
    } finally {
      ones.forEach(NDArray::close);
    }
  }

  /** A message has the operator, unless the user does not know it, the rule and the fix. */
  private static Outcome refused(Sample sample, GluonException e) {
    String message = String.valueOf(e.getMessage());
    assertThat(message).contains("\n  because  ");
    assertThat(message).contains("\n  fix      ");
    OpSchema<?> schema = sample.op().schema();
    if (!schema.isInternal()) { // whose attributes come from checked operators
      assertThat(e).isNotInstanceOf(VerificationException.class);
      assertWithMessage(message).that(schema.names().stream().anyMatch(message::contains)).isTrue();
    }
    return Outcome.REFUSED;
  }
}

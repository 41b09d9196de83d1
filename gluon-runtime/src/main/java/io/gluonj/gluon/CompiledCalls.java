package io.gluonj.gluon;

import io.gluonj.gluon.Recompilations.Signature;
import io.gluonj.tensor.CompiledFunction;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The compiled graphs of one hybrid block, one for each signature of its inputs. */
final class CompiledCalls {
  /** A graph for each signature is kept; beyond this number they start anew. */
  private static final int CAPACITY = 64;

  private record Entry(
      CompiledFunction function, List<Parameter> parameters, List<TensorType> types) {
    /** Whether the parameters still have the types that were compiled for. */
    boolean fits() {
      for (int i = 0; i < types.size(); i++) {
        Parameter parameter = parameters.get(i);
        if (parameter.dtype() != types.get(i).dtype()
            || !parameter.shape().equals(types.get(i).shape())) {
          return false;
        }
      }
      return true;
    }
  }

  private final Map<Signature, Entry> entries = new ConcurrentHashMap<>();
  private volatile @Nullable List<TensorType> last;
  private final Recompilations recompilations = new Recompilations();
  private Optional<Amp> amp = Optional.empty();
  private int retired;

  /** Forgets what was compiled, and compiles in another precision from now on. */
  synchronized void precision(Optional<Amp> other) {
    amp = other;
    clear();
  }

  synchronized void clear() {
    retired = compilations();
    entries.clear();
  }

  synchronized int compilations() {
    return retired + entries.values().stream().mapToInt(e -> e.function().compilations()).sum();
  }

  /** The types the block was last called with. */
  List<TensorType> lastInputs(Block block) {
    List<TensorType> known = last;
    if (known == null) {
      throw new InvalidArgumentException(
          block.path() + " was to be exported before its first call",
          "the shapes of its inputs are not known",
          "call it once, or pass the input shapes: export(name, epoch, Shape.of(...))");
    }
    return known;
  }

  List<NDArray> call(Block block, List<NDArray> inputs) {
    Device device = inputs.getFirst().device();
    var signature = new Signature(types(inputs), device);
    Entry entry = entries.get(signature);
    if (entry == null || !entry.fits()) {
      entry = compile(block, signature);
    }
    var arguments = new ArrayList<>(inputs);
    entry.parameters().forEach(p -> arguments.add(p.value().fetch(device)));
    return entry.function().call(arguments);
  }

  private synchronized Entry compile(Block block, Signature signature) {
    Entry present = entries.get(signature);
    if (present != null && present.fits()) {
      return present;
    }
    if (present != null || entries.size() >= CAPACITY) {
      clear();
    }
    Trace.Traced traced = Trace.infer(block, signature.inputs());
    var function = Amp.function(block.path(), traced.graph(), signature.device(), amp);
    recompilations.note(
        "block " + block.path(),
        signature,
        present == null ? "" : "the types of its parameters change between calls");
    Entry made = new Entry(function, traced.parameters(), traced.parameterTypes());
    entries.put(signature, made);
    return made;
  }

  /** Fills the shapes of the block's own parameters before it runs uncompiled. */
  void finishDeferred(Block block, List<NDArray> inputs) {
    for (Parameter parameter : block.structure().parameters().values()) {
      if (!parameter.shape().isKnown()) {
        Trace.infer(block, types(inputs));
        return;
      }
    }
    if (last == null || block.structure().parent() == null) {
      last = types(inputs);
    }
  }

  private List<TensorType> types(List<NDArray> inputs) {
    List<TensorType> types = inputs.stream().map(NDArray::type).toList();
    last = types;
    return types;
  }
}

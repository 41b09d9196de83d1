package io.gluonj.gluon;

import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of calling a block. */
final class Calls {
  private Calls() {}

  static List<Tensor> run(Block block, List<Tensor> inputs) {
    if (Trace.CURRENT.isBound()) {
      List<Tensor> outputs = block.forward(inputs);
      Trace.CURRENT.get().visited(block, outputs);
      return outputs;
    }
    block.hooks().before(block, inputs);
    List<Tensor> outputs = block.dispatch(inputs);
    block.hooks().after(block, inputs, outputs);
    return outputs;
  }

  static void check(Block block, List<Tensor> inputs) {
    int expected = block.definition().inputs();
    if (expected >= 0 && inputs.size() != expected) {
      throw new InvalidArgumentException(
          block.path() + " was called with " + inputs.size() + " inputs",
          "its forward method takes " + expected,
          "pass one tensor for each input");
    }
    boolean symbols = false;
    boolean arrays = false;
    for (Tensor input : inputs) {
      switch (input) {
        case Symbol _ -> symbols = true;
        case NDArray _ -> arrays = true;
      }
    }
    if (symbols && arrays) {
      throw new InvalidArgumentException(
          block.path() + " was called with arrays and symbols together",
          "a block either computes or is traced",
          "pass only NDArrays, or only Symbols: Symbol.var(name)");
    }
    if (symbols && !block.definition().hybrid()) {
      throw new InvalidArgumentException(
          block.path() + " was called with a symbol",
          block.getClass().getSimpleName()
              + " is imperative: its forward method is written for NDArrays",
          "extend HybridBlock and write the forward method for Tensors, or call it with arrays");
    }
  }

  static Tensor single(Block block, List<Tensor> outputs) {
    if (outputs.size() != 1) {
      throw new InvalidArgumentException(
          block.path() + " has " + outputs.size() + " outputs",
          "call() is for blocks with one",
          "use callAll(List.of(...))");
    }
    return outputs.getFirst();
  }

  /** The block's parameters, of the kind of its inputs. */
  static ForwardParams params(Block block, List<Tensor> inputs) {
    if (Trace.CURRENT.isBound()) {
      Trace trace = Trace.CURRENT.get();
      return new Params(block, trace::symbol);
    }
    if (!inputs.isEmpty() && inputs.getFirst() instanceof Symbol) {
      return new Params(block, Parameter::var);
    }
    if (!inputs.isEmpty() && inputs.getFirst() instanceof NDArray array) {
      Device device = array.device();
      return new Params(block, p -> p.value().fetch(device));
    }
    return new Params(block, p -> p.value().fetch(p.data().device()));
  }

  private interface Fetch {
    Tensor of(Parameter parameter);
  }

  private record Params(Block block, Fetch fetch) implements ForwardParams {
    @Override
    public Tensor get(String name) {
      Tensor found = find(name);
      if (found == null) {
        throw new InvalidArgumentException(
            block.path() + ": its forward method reads parameter '" + name + "'",
            "no such parameter was registered",
            "declare it with @Param, or take it as @Nullable Tensor if it is conditional");
      }
      return found;
    }

    @Override
    public @Nullable Tensor find(String name) {
      Parameter parameter = block.structure().parameters().get(name);
      return parameter == null ? null : fetch.of(parameter);
    }
  }
}

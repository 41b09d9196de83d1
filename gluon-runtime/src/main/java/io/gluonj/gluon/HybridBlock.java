package io.gluonj.gluon;

import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A block whose forward method is written against {@link Tensor}, so that it can be traced. After
 * {@link #hybridize} calls run a compiled graph, one for each combination of input shapes, types
 * and device.
 *
 * <p>What the forward method decides in Java (branches, loops over a configuration) is decided when
 * it is traced; it cannot depend on values, since symbols have none. Arrays made in it are freed
 * when it ends, except its outputs.
 */
public abstract class HybridBlock extends Block {
  private final CompiledCalls compiled = new CompiledCalls();
  private volatile boolean active;

  protected HybridBlock() {}

  @Override
  public HybridBlock prefix(String own) {
    super.prefix(own);
    return this;
  }

  @Override
  final List<Tensor> dispatch(List<Tensor> inputs) {
    if (inputs.isEmpty() || inputs.getFirst() instanceof Symbol) {
      return forward(inputs);
    }
    List<NDArray> arrays = inputs.stream().map(NDArray.class::cast).toList();
    if (active && !hooks().below(this)) {
      return List.copyOf(compiled.call(this, arrays));
    }
    compiled.finishDeferred(this, arrays);
    try (var scope = TensorScope.open()) {
      List<Tensor> outputs = forward(inputs);
      outputs.forEach(scope::keep);
      return outputs;
    }
  }

  /** Whether calls run compiled. */
  public final boolean isHybridized() {
    return active;
  }

  /**
   * Switches compilation on or off, for all blocks below as well; what has been compiled is
   * forgotten.
   */
  @Override
  public final void hybridize(boolean on) {
    active = on;
    compiled.precision(Optional.empty());
    super.hybridize(on);
  }

  /**
   * Switches compilation on, with products in a type of half the size, for all blocks below as
   * well. A gradient that is recorded is computed alike. While a hook below makes this block run
   * uncompiled, it computes in float32.
   *
   * @throws InvalidArgumentException when called, if shapes depend on values in it
   */
  @Override
  public final void hybridize(Amp precision) {
    active = true;
    compiled.precision(Optional.of(precision));
    super.hybridize(precision);
  }

  /** Number of graphs that have been compiled for this block so far. */
  public final int compilations() {
    return compiled.compilations();
  }

  @Override
  void checkChild(String name, Block child) {
    if (!(child instanceof HybridBlock)) {
      throw new InvalidArgumentException(
          "child '"
              + name
              + "' of "
              + path()
              + " is a "
              + child.getClass().getSimpleName()
              + ", which is not a HybridBlock",
          "a HybridBlock is traced together with all its children",
          "make " + child.getClass().getSimpleName() + " a HybridBlock, or the parent a Block");
    }
  }

  @Override
  void changed() {
    compiled.clear();
    super.changed();
  }

  @Override
  public void cast(DType type) {
    super.cast(type);
    compiled.clear();
  }

  /** Fills the shapes of all parameters for float32 inputs of the given shapes. */
  public final void inferShape(Shape... inputShapes) {
    Trace.infer(this, Trace.float32(inputShapes));
  }

  /**
   * Writes {@code NAME-symbol.json} and {@code NAME-0000.params} for MXNet, for the shapes of the
   * last call.
   *
   * @param name path without the endings
   * @param epoch the number in the file's name
   * @return both paths
   */
  public final List<Path> export(Path name, int epoch) {
    return Export.write(this, compiled.lastInputs(this), name, epoch);
  }

  /** As {@link #export(Path, int)}, for float32 inputs of the given shapes. */
  public final List<Path> export(Path name, int epoch, Shape... inputShapes) {
    return Export.write(this, Trace.float32(inputShapes), name, epoch);
  }
}

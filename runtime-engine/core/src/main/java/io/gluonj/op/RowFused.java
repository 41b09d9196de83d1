package io.gluonj.op;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.RowNest.Stage;
import io.gluonj.op.RowNest.Write;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reductions along the rows of a tensor and pointwise operators around them, as one pass: what
 * fusion makes of softmax, normalizations and their gradients. It is made after differentiation.
 *
 * @param nest load {@code i} reads the input that it names, store and result {@code k} write the
 *     output that they name
 * @param results types of the outputs
 */
public record RowFused(RowNest nest, List<TensorType> results) implements Op.Library {
  static final OpSchema<RowFused> SCHEMA =
      OpSchema.internal(
              new RowFused(
                  new RowNest(List.of(), List.of(1L), List.of(), List.of(), List.of(), List.of()),
                  List.of()),
              "_row_fused")
          .variadic();

  public RowFused {
    results = List.copyOf(results);
  }

  @Override
  public int outputs() {
    return results.size();
  }

  @Override
  public int visibleOutputs() {
    return outputs();
  }

  @Override
  public void infer(Infer s) {
    for (int k = 0; k < results.size(); k++) {
      s.out(k, results.get(k).shape(), "the shape is an attribute");
      s.dtype(k, results.get(k).dtype());
    }
  }

  @Override
  public void vjp(Vjp g) {
    throw new IllegalStateException("rows are fused after differentiation");
  }

  @Override
  public void reference(Reference r) {
    RowWalk.run(
        nest,
        new RowWalk.Memory() {
          @Override
          public double read(Access access, long element) {
            return r.in(access.operand())[Math.toIntExact(element)];
          }

          @Override
          public void write(Access access, long element, double value) {
            r.out(access.operand())[Math.toIntExact(element)] = value;
          }
        });
  }

  /**
   * Stages, then outputs; numbers of arguments as in {@link RowNest}: {@code RowFused[(2, 3): a1 =
   * max(a0), a2 = sum(exp(a0 - a1)), out0 = exp(a0 - a1) / a2]}.
   */
  @Override
  public String toString() {
    var parts = new ArrayList<String>();
    int first = nest.loads().size();
    for (int k = 0; k < nest.stages().size(); k++) {
      Stage stage = nest.stages().get(k);
      String name = "a" + (first + k);
      String reduction = stage.reduction().name().toLowerCase(Locale.ROOT);
      parts.add("%s = %s(%s)".formatted(name, reduction, ScalarText.of(stage.body())));
      if (!stage.epilogue().equals(Scalar.arg(first + k))) {
        parts.add(name + " = " + ScalarText.of(stage.epilogue()));
      }
    }
    for (Write store : nest.stores()) {
      parts.add("out%d = %s".formatted(store.access().operand(), ScalarText.of(store.body())));
    }
    for (Write result : nest.results()) {
      parts.add("row%d = %s".formatted(result.access().operand(), ScalarText.of(result.body())));
    }
    return "RowFused[%s of %s: %s]"
        .formatted(nest.parallel(), nest.row(), String.join(", ", parts));
  }
}

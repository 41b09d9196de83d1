package io.gluonj.op;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.types.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Several passes over each row of a tensor: what softmax and normalizations lower to on a device
 * that computes a row in one kernel, reading it once.
 *
 * <pre>
 * for each position p of the parallel axes:               (a row; independent of each other)
 *   for each stage k:
 *     acc = identity
 *     for each position r of the row's axes:
 *       acc = reduction(acc, body(inputs at (p, r), values of the stages before k))
 *     value k = epilogue(acc, values of the stages before k)
 *   for each position r of the row's axes:
 *     store(p, r) = body(inputs at (p, r), values of all stages)
 *   result(p) = body(values of all stages)
 * </pre>
 *
 * Argument {@code i} of an expression is load {@code i}, argument {@code loads().size() + k} the
 * value of stage {@code k}; in the epilogue of stage {@code k} that is what was reduced. Epilogues
 * and results read only loads that stay where they are along the row. {@code Iota(axis)} counts
 * axes of the whole space, parallel ones first. There are no random numbers. Arithmetic is done in
 * {@link #compute()}.
 *
 * @param parallel extents of the parallel axes, outermost first
 * @param row extents of the row's axes; at least one
 * @param loads what is read; strides for the parallel axes, then the row's
 * @param stages in order
 * @param stores written at every position
 * @param results written once for each row; their strides along the row's axes are 0
 */
public record RowNest(
    List<Long> parallel,
    List<Long> row,
    List<Access> loads,
    List<Stage> stages,
    List<Write> stores,
    List<Write> results) {

  /** A reduction over a row. */
  public record Stage(Reduction reduction, Scalar body, Scalar epilogue) {}

  /** A written value. */
  public record Write(Access access, Scalar body) {}

  public RowNest {
    parallel = List.copyOf(parallel);
    row = List.copyOf(row);
    loads = List.copyOf(loads);
    stages = List.copyOf(stages);
    stores = List.copyOf(stores);
    results = List.copyOf(results);
    if (row.isEmpty()) {
      throw new IllegalArgumentException("a row has at least one axis");
    }
    if (stages.stream().anyMatch(s -> s.reduction() == Reduction.NONE)) {
      throw new IllegalArgumentException("a stage reduces the row");
    }
  }

  /** Number of rows. */
  public long outer() {
    return LoopNest.positions(parallel);
  }

  /** Number of positions of a row. */
  public long inner() {
    return LoopNest.positions(row);
  }

  /** All expressions that are evaluated at positions of a row. */
  public List<Scalar> bodies() {
    return Stream.concat(stages.stream().map(Stage::body), stores.stream().map(Write::body))
        .toList();
  }

  /** The type arithmetic is done in, by the rule of {@link LoopNest#compute()}. */
  public DType compute() {
    return space().compute();
  }

  /**
   * The loads and writes as a loop nest over the same space, for what depends on accesses only. Its
   * bodies read what is read here, and what they compute means nothing.
   */
  public LoopNest space() {
    var expressions = new ArrayList<>(bodies());
    stages.forEach(stage -> expressions.add(stage.epilogue()));
    results.forEach(result -> expressions.add(result.body()));
    Scalar all = Scalar.of(0);
    for (Scalar e : expressions) {
      Scalar reads =
          Scalars.substitute(e, i -> i < loads.size() ? Scalar.arg(i) : Scalar.of(Double.NaN));
      all = new Scalar.Binary(Scalar.Fn2.ADD, all, reads);
    }
    var writes = new ArrayList<LoopNest.Store>();
    for (Write write : stores) {
      writes.add(new LoopNest.Store(write.access(), all, Scalar.arg(0)));
    }
    for (Write write : results) {
      writes.add(new LoopNest.Store(write.access(), all, Scalar.arg(0)));
    }
    return new LoopNest(parallel, row, loads, writes, Reduction.NONE);
  }
}

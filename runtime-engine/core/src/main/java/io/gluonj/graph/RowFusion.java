package io.gluonj.graph;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.Op;
import io.gluonj.op.Reduce;
import io.gluonj.op.RowFused;
import io.gluonj.op.RowNest;
import io.gluonj.op.RowNest.Stage;
import io.gluonj.op.RowNest.Write;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalars;
import io.gluonj.op.SumTo;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operator that a group becomes.
 *
 * @param inputs what it reads
 * @param outputs the members' values that it writes
 * @param same members' values that are what the group reads, which needs no copy
 */
record RowFusion(RowFused op, List<Value> inputs, List<Value> outputs, Map<Value, Value> same) {
  /**
   * Writes a group as one row nest.
   *
   * @param needed values that are read outside of the group
   */
  static RowFusion of(RowGroup group, Set<Value> needed) {
    return new Builder(group).build(needed);
  }

  private record Load(Value value, List<Long> steps) {}

  private static final class Builder {
    private final RowGroup group;
    private final Map<Load, Integer> loads = new LinkedHashMap<>();
    private final Map<Integer, Scalar> expressions = new HashMap<>();
    private final List<Stage> stages = new ArrayList<>();

    Builder(RowGroup group) {
      this.group = group;
    }

    RowFusion build(Set<Value> needed) {
      for (int id : group.members()) {
        Node.Apply node = group.node(id);
        node.inputs().stream().filter(v -> !group.member(v)).forEach(v -> load(id, node, v));
      }
      group.members().forEach(id -> expressions.put(id, expression(id)));
      List<Value> inputs = loads.keySet().stream().map(Load::value).distinct().toList();
      var accesses = new ArrayList<Access>();
      loads
          .keySet()
          .forEach(l ->
              accesses.add(
                  new Access(inputs.indexOf(l.value()), type(l.value()).dtype(), 0, l.steps())));
      var outputs = new ArrayList<Value>();
      var same = new HashMap<Value, Value>();
      var stores = new ArrayList<Write>();
      var results = new ArrayList<Write>();
      for (int id : group.members()) {
        Value value = new Value(id, 0);
        Value copied = copied(value);
        if (needed.contains(value) && copied != null) {
          same.put(value, copied);
        } else if (needed.contains(value)) {
          boolean whole = group.kindOf(value) == RowGroup.Kind.WHOLE;
          List<Long> steps = whole ? group.wholeSteps(group.space()) : group.rowSteps();
          Access access = new Access(outputs.size(), type(value).dtype(), 0, steps);
          (whole ? stores : results).add(new Write(access, found(id)));
          outputs.add(value);
        }
      }
      long[] dims = group.space().dims();
      RowNest nest =
          new RowNest(
              Arrays.stream(dims).limit(group.rowAxis()).boxed().toList(),
              Arrays.stream(dims).skip(group.rowAxis()).boxed().toList(),
              accesses,
              stages,
              stores,
              results);
      return new RowFusion(
          new RowFused(nest, outputs.stream().map(this::type).toList()), inputs, outputs, same);
    }

    /** The value from outside that a member passes on as it is. */
    private @Nullable Value copied(Value value) {
      if (found(value.node()) instanceof Scalar.Arg(int index) && index < loads.size()) {
        Load load = List.copyOf(loads.keySet()).get(index);
        return type(load.value()).equals(type(value)) ? load.value() : null;
      }
      return null;
    }

    private TensorType type(Value value) {
      return group.graph().type(value);
    }

    private Scalar found(int id) {
      Scalar expression = expressions.get(id);
      if (expression == null) {
        throw new IllegalStateException("%" + id + " is read before it is computed");
      }
      return expression;
    }

    /** The number of the load of a value from outside that a member reads. */
    private int load(int id, Node.Apply node, Value value) {
      Shape read = type(value).shape();
      boolean row =
          node.op() instanceof Op.Pointwise && group.kindOf(new Value(id, 0)) == RowGroup.Kind.ROW;
      List<Long> steps =
          row
              ? group.rowSteps(read, node.types().getFirst().shape()).orElseThrow()
              : group.wholeSteps(read);
      return loads.computeIfAbsent(new Load(value, steps), l -> loads.size());
    }

    private Scalar expression(int id) {
      Node.Apply node = group.node(id);
      List<Scalar> in =
          node.inputs().stream()
              .map(v -> group.member(v) ? found(v.node()) : Scalar.arg(load(id, node, v)))
              .toList();
      return switch (node.op()) {
        case Op.Pointwise op -> op.apply(in).getFirst();
        case Reduce reduce -> {
          Scalar epilogue = reduce.epilogue(group.rowLength());
          yield stage(reduce.reduction(), in.getFirst(), epilogue);
        }
        case SumTo _ -> stage(Reduction.SUM, in.getFirst(), Scalar.arg(0));
        case Op _ -> in.getFirst();
      };
    }

    private Scalar stage(Reduction reduction, Scalar body, Scalar epilogue) {
      Scalar value = Scalar.arg(loads.size() + stages.size());
      stages.add(new Stage(reduction, body, Scalars.substitute(epilogue, i -> value)));
      return value;
    }
  }
}

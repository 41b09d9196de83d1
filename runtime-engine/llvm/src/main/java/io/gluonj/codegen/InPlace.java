package io.gluonj.codegen;

import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Operands of a nest that may be one memory: outputs, and inputs that are read at the very places
 * that these are written, and nowhere else. A position reads before it writes, and no other
 * position reads there.
 */
record InPlace(Set<Integer> inputs, Set<Integer> outputs) {
  static final InPlace NOTHING = new InPlace(Set.of(), Set.of());

  /**
   * Finds them.
   *
   * @param read numbers of the loads that are read
   */
  static InPlace of(LoopNest nest, Iterable<Integer> read) {
    var inputs = new HashSet<Integer>();
    var outputs = new HashSet<Integer>();
    if (!nest.reduced().isEmpty()) {
      return NOTHING;
    }
    var apart = new HashSet<Integer>();
    for (int load : read) {
      Access access = nest.loads().get(load);
      List<Access> same =
          nest.stores().stream()
              .map(LoopNest.Store::access)
              .filter(store -> samePlaces(nest, access, store))
              .toList();
      if (same.isEmpty()) {
        apart.add(access.operand());
      } else {
        inputs.add(access.operand());
        same.forEach(store -> outputs.add(store.operand()));
      }
    }
    inputs.removeAll(apart);
    return inputs.isEmpty() ? NOTHING : new InPlace(inputs, outputs);
  }

  boolean possible() {
    return !outputs.isEmpty();
  }

  private static boolean samePlaces(LoopNest nest, Access load, Access store) {
    return load.indices().isEmpty()
        && load.dtype() == store.dtype()
        && load.offset() == store.offset()
        && IntStream.range(0, nest.rank())
            .filter(axis -> nest.parallel().get(axis) > 1)
            .allMatch(axis -> load.strides().get(axis).equals(store.strides().get(axis)));
  }
}

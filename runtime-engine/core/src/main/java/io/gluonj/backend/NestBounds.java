package io.gluonj.backend;

import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.types.TensorType;
import io.gluonj.types.VerificationException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds every place that a loop nest reads or writes against the size of its operand, before a
 * kernel is made of it. Kernels trust what they are given: a place outside would be somebody else's
 * memory, and the process would die of it much later.
 */
final class NestBounds {
  private final LoopNest nest;
  private final List<Long> space;

  private NestBounds(LoopNest nest) {
    this.nest = nest;
    this.space = Stream.concat(nest.parallel().stream(), nest.reduced().stream()).toList();
  }

  /**
   * Returns the nest if it stays within its operands.
   *
   * @param what the operator, for the message
   * @throws VerificationException if it does not: a rule of the operator is missing
   */
  static LoopNest within(LoopNest nest, List<TensorType> in, List<TensorType> out, String what) {
    NestBounds bounds = new NestBounds(nest);
    // An empty reduction still stores its identity, but an empty scan writes nothing, as an empty
    // parallel space does.
    if (nest.parallel().stream().noneMatch(extent -> extent == 0)) {
      boolean reads = nest.reduced().stream().noneMatch(extent -> extent == 0);
      for (Access load : reads ? nest.loads() : List.<Access>of()) {
        bounds.check(load, in.get(load.operand()), "reads", what);
      }
      boolean writes = reads || !nest.scans();
      for (LoopNest.Store store : writes ? nest.stores() : List.<LoopNest.Store>of()) {
        bounds.check(store.access(), out.get(store.access().operand()), "writes", what);
      }
    }
    return nest;
  }

  private void check(Access access, TensorType operand, String verb, String what) {
    long least = access.offset();
    long most = access.offset();
    boolean countable = access.strides().size() == space.size();
    try {
      for (int axis = 0; countable && axis < space.size(); axis++) {
        long extent = Math.max(1, space.get(axis));
        long reach = Math.multiplyExact(extent - 1, access.strides().get(axis));
        least = Math.addExact(least, Math.min(0, reach));
        most = Math.addExact(most, Math.max(0, reach));
      }
      for (Index index : access.indices()) {
        // Where an index leads nowhere, nothing is read: an empty axis is no place either.
        long extent = index.bounds() == Bounds.ZERO ? Math.max(1, index.extent()) : index.extent();
        long reach = Math.multiplyExact(extent - 1, index.stride());
        least = Math.addExact(least, Math.min(0, reach));
        most = Math.addExact(most, Math.max(0, reach));
        countable &= extent >= 1;
      }
    } catch (ArithmeticException e) {
      throw outside(verb + " a place that cannot be counted", operand, what);
    }
    boolean nowhere =
        operand.shape().size() == 0
            && access.indices().stream()
                .anyMatch(i -> i.bounds() == Bounds.ZERO && i.extent() == 0);
    if (!nowhere && (!countable || least < 0 || most >= operand.shape().size())) {
      throw outside(verb + " the elements " + least + " to " + most, operand, what);
    }
  }

  private VerificationException outside(String found, TensorType operand, String what) {
    return new VerificationException(
        what + ": a loop nest " + found + " of an operand of type " + operand + "\n    " + nest,
        "a kernel made of it would touch memory that is not its own",
        "report this as a fault of GluonJ, with the shapes and attributes of the call");
  }
}

package io.gluonj.backend.cpu;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.op.Recurrence;
import io.gluonj.op.RecurrentCell;
import io.gluonj.op.RecurrentNests;
import io.gluonj.op.RecurrentPlan;
import io.gluonj.op.RecurrentPlan.Kind;
import io.gluonj.op.RecurrentPlan.Place;
import io.gluonj.op.RecurrentPlan.Task;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.EnumMap;
import java.util.Map;

/**
 * A {@link Recurrence} of float32 data or its gradient: for each step a matrix product with the
 * weight, which is packed once, and one loop over everything else; then the weight's gradient as
 * one product over all steps.
 */
final class RecurrenceKernel implements Kernel {
  private static final int BYTES = DType.FLOAT32.bytes();

  /** Place of the weight among those of a product. */
  private static final int FACTOR = 1;

  private final RecurrentPlan plan;
  private final int weight;
  private final Kernel.Packed products;
  private final Map<Kind, Kernel> kernels = new EnumMap<>(Kind.class);

  private RecurrenceKernel(RecurrentPlan plan, int weight, Kernel.Packed products) {
    this.plan = plan;
    this.weight = weight;
    this.products = products;
    kernels.put(Kind.PRODUCT, products.kernel());
  }

  /** The kernel of a recurrence with states (T, N, H). */
  static Kernel of(Recurrence op, Shape states, LoopKernels loops) {
    RecurrentPlan plan = RecurrentPlan.of(op, states);
    boolean bias = op.cell().recurrentBias();
    var products = new Products(plan.batch(), plan.rows(), plan.units(), false, true, bias, false);
    var kernel = new RecurrenceKernel(plan, Recurrence.WEIGHT, products.packed(loops.runtime()));
    kernel.step(loops, kernel.nests().forward());
    return kernel;
  }

  /** The kernel of a gradient. */
  static Kernel of(Recurrence.Grad op, Shape states, LoopKernels loops) {
    RecurrentPlan plan = RecurrentPlan.of(op, states);
    RecurrentCell cell = op.cell();
    long rows = plan.rows();
    long units = plan.units();
    long batch = plan.batch();
    var products = new Products(batch, units, rows, false, false, false, cell.recurrentBias());
    var kernel = new RecurrenceKernel(plan, 0, products.packed(loops.runtime()));
    kernel.step(loops, kernel.nests().backward(op.cells()));
    kernel.kernels.put(
        Kind.CLEAR, at -> HostMemory.view(at[0], batch * units * BYTES).fill((byte) 0));
    boolean several = plan.steps() > 1;
    if (several) {
      kernel.kernels.put(
          Kind.WEIGHT_OF_LATER_STEPS,
          ofWeight(rows, units, (plan.steps() - 1) * batch, false, loops));
    }
    kernel.kernels.put(Kind.WEIGHT_OF_FIRST_STEP, ofWeight(rows, units, batch, several, loops));
    if (cell.recurrentBias()) {
      kernel.kernels.put(
          Kind.BIAS,
          loops.kernel(RecurrentNests.sumOfRows(plan.steps() * batch, rows, DType.FLOAT32), 1));
    }
    return kernel;
  }

  private static Kernel ofWeight(
      long rows, long units, long depth, boolean adds, LoopKernels loops) {
    return new Products(rows, units, depth, true, false, false, adds).kernel(loops.runtime());
  }

  private RecurrentNests nests() {
    return new RecurrentNests(plan.cell(), plan.batch(), plan.units(), DType.FLOAT32);
  }

  private void step(LoopKernels loops, RecurrentNests.Step step) {
    kernels.put(Kind.STEP, loops.inSuccession(step.nest(), step.inputs()));
  }

  private static long aligned(long bytes) {
    return Math.ceilDiv(bytes, 64L) * 64;
  }

  /** The packed weight, the plan's scratch memory, then that of the kernel which runs. */
  @Override
  public long scratchBytes() {
    return inner() + kernels.values().stream().mapToLong(Kernel::scratchBytes).max().orElse(0);
  }

  private long inner() {
    return aligned(products.bytes()) + aligned(plan.scratch() * BYTES);
  }

  @Override
  public void run(long[] addresses) {
    long packed = addresses[addresses.length - 1];
    long scratch = packed + aligned(products.bytes());
    products.packing().run(new long[] {addresses[weight], packed});
    for (Task task : plan.tasks()) {
      Kernel kernel = kernel(task.kind());
      int n = task.places().size();
      long[] at = new long[kernel.scratchBytes() > 0 ? n + 1 : n];
      for (int i = 0; i < n; i++) {
        Place place = task.places().get(i);
        long base = place.operand() == Place.SCRATCH ? scratch : addresses[place.operand()];
        at[i] = base + place.offset() * BYTES;
      }
      if (task.kind() == Kind.PRODUCT) {
        at[FACTOR] = packed;
      }
      if (at.length > n) {
        at[n] = packed + inner();
      }
      kernel.run(at);
    }
  }

  private Kernel kernel(Kind kind) {
    Kernel found = kernels.get(kind);
    if (found == null) {
      throw new IllegalStateException("no kernel for " + kind + " of " + plan.cell());
    }
    return found;
  }

  @Override
  public String toString() {
    return plan.cell() + " of " + plan.steps() + " steps, " + products.kernel();
  }
}

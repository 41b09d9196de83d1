package io.gluonj.backend.cuda;

import io.gluonj.codegen.ConvolutionPlan.Place;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.cuda.blas.Product;
import io.gluonj.op.Op;
import io.gluonj.op.Recurrence;
import io.gluonj.op.RecurrentNests;
import io.gluonj.op.RecurrentPlan;
import io.gluonj.op.RecurrentPlan.Kind;
import io.gluonj.op.RecurrentPlan.Task;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link Recurrence} or its gradient: for each step a matrix product of the library and one
 * kernel for everything else, which a CUDA graph then replays together.
 */
final class RecurrenceKernels {
  private final CudaCompiler compiler;
  private final ProductKernels products;

  RecurrenceKernels(CudaCompiler compiler, ProductKernels products) {
    this.compiler = compiler;
    this.products = products;
  }

  /** Whether there is a kernel; second derivatives are left to the expansion. */
  static boolean runs(Op.Composite op, List<TensorType> in) {
    boolean one = op instanceof Recurrence || (op instanceof Recurrence.Grad g && !g.kept());
    DType type = in.getFirst().dtype();
    return one
        && type.isFloating()
        && in.stream().allMatch(t -> t.dtype() == type && t.shape().size() > 0);
  }

  /** The kernel of an operator that {@link #runs}. */
  CudaKernel kernel(Op.Composite op, List<TensorType> in) {
    if (op instanceof Recurrence forward) {
      Shape projected = in.get(Recurrence.PROJECTED).shape();
      Shape states = projected.with(2, projected.dim(2) / forward.cell().gates());
      return forward(RecurrentPlan.of(forward, states), in.getFirst().dtype());
    }
    if (op instanceof Recurrence.Grad grad) {
      Shape states = in.get(grad.states()).shape();
      return backward(grad, RecurrentPlan.of(grad, states), in.getFirst().dtype());
    }
    throw new IllegalStateException(op + " must be decomposed before it is compiled");
  }

  private CudaKernel forward(RecurrentPlan plan, DType type) {
    boolean bias = plan.cell().recurrentBias();
    Map<Kind, KernelSteps.Work> works = new EnumMap<>(Kind.class);
    step(works, nests(plan, type).forward());
    KernelSteps.Work product =
        products.prepared(
            product(new Extents(false, true, plan.batch(), plan.rows(), plan.units()), bias, type));
    if (bias) {
      CudaKernel rows = compiler.loops(Fills.rows(plan.batch(), plan.rows(), type), 1);
      works.put(
          Kind.PRODUCT,
          at -> {
            rows.run(new long[] {at[2], at[3]});
            product.enqueue(new long[] {at[0], at[1], at[3]});
          });
    } else {
      works.put(Kind.PRODUCT, product);
    }
    return sequence(plan, works, type);
  }

  private CudaKernel backward(Recurrence.Grad op, RecurrentPlan plan, DType type) {
    boolean own = op.cell().recurrentBias();
    long rows = plan.rows();
    long units = plan.units();
    long batch = plan.batch();
    Map<Kind, KernelSteps.Work> works = new EnumMap<>(Kind.class);
    step(works, nests(plan, type).backward(op.cells()));
    works.put(Kind.CLEAR, compiler.loops(Fills.constant(batch * units, type, 0), 0)::run);
    works.put(
        Kind.PRODUCT,
        products.prepared(product(new Extents(false, false, batch, units, rows), own, type)));
    long later = (plan.steps() - 1) * batch;
    if (later > 0) {
      works.put(
          Kind.WEIGHT_OF_LATER_STEPS,
          products.prepared(product(new Extents(true, false, rows, units, later), false, type)));
    }
    works.put(
        Kind.WEIGHT_OF_FIRST_STEP,
        products.prepared(product(new Extents(true, false, rows, units, batch), later > 0, type)));
    return sequence(plan, works, type);
  }

  private static RecurrentNests nests(RecurrentPlan plan, DType type) {
    return new RecurrentNests(plan.cell(), plan.batch(), plan.units(), type);
  }

  private void step(Map<Kind, KernelSteps.Work> works, RecurrentNests.Step step) {
    works.put(Kind.STEP, compiler.loops(step.nest(), step.inputs())::run);
  }

  private record Extents(boolean transposeA, boolean transposeB, long m, long n, long k) {}

  private Product product(Extents e, boolean adds, DType type) {
    return new Product(
        e.transposeA(),
        e.transposeB(),
        e.m(),
        e.n(),
        e.k(),
        1,
        e.m() * e.k(),
        e.k() * e.n(),
        e.m() * e.n(),
        adds ? 1 : 0,
        type,
        type,
        products.precision());
  }

  private CudaKernel sequence(RecurrentPlan plan, Map<Kind, KernelSteps.Work> works, DType type) {
    var steps = new KernelSteps();
    Place scratch = steps.scratch(plan.scratch() * type.bytes());
    for (Task task : plan.tasks()) {
      List<Place> places = task.places().stream().map(p -> place(p, scratch, type)).toList();
      KernelSteps.Work work = works.get(task.kind());
      if (work != null) {
        steps.work(work, places);
      } else { // the one whose kernel may need scratch memory, and which runs once
        long rows = plan.steps() * plan.batch();
        steps.add(compiler.loops(RecurrentNests.sumOfRows(rows, plan.rows(), type), 1), places);
      }
    }
    return steps.kernel();
  }

  private static Place place(RecurrentPlan.Place place, Place scratch, DType type) {
    long bytes = place.offset() * type.bytes();
    return place.operand() == RecurrentPlan.Place.SCRATCH
        ? new Place(GpuKernels.SCRATCH, scratch.offset() + bytes)
        : new Place(place.operand(), bytes);
  }
}

package io.gluonj.backend.cuda;

import io.gluonj.codegen.ConvolutionPlan.Place;
import io.gluonj.codegen.GpuGemm;
import io.gluonj.cuda.blas.Blas;
import io.gluonj.cuda.blas.Precision;
import io.gluonj.cuda.blas.Product;
import io.gluonj.op.MatMul;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.List;

/** Matrix products by the library that loads, of integers by a kernel of our own. */
final class ProductKernels {
  private final CudaCompiler compiler;
  private final Blas blas;
  private final Precision precision = Precision.stated();

  ProductKernels(CudaCompiler compiler, Blas blas) {
    this.compiler = compiler;
    this.blas = blas;
  }

  /**
   * Adds a {@link MatMul}.
   *
   * @param places of A, B, the bias if there is one, and the result
   */
  void add(KernelSteps steps, MatMul op, Shape a, Shape b, DType type, List<Place> places) {
    MatMul.Extents e = op.extents(a, b);
    long size = e.batch() * e.m() * e.n();
    if (size == 0) {
      return;
    }
    Place result = places.getLast();
    if (!type.isFloating() && e.k() > 0) {
      steps.add(compiler.kernel(GpuGemm.of(GpuGemm.Product.of(op, a, b, type))), places);
      return;
    }
    if (op.bias()) {
      steps.add(
          compiler.loops(Fills.rows(e.batch() * e.m(), e.n(), type), 1),
          List.of(places.get(2), result));
    } else if (e.k() == 0) {
      steps.add(compiler.loops(Fills.constant(size, type, 0), 0), List.of(result));
    }
    if (e.k() > 0) {
      add(
          steps,
          new Product(
              op.transposeA(),
              op.transposeB(),
              e.m(),
              e.n(),
              e.k(),
              e.batch(),
              e.m() * e.k(),
              e.k() * e.n(),
              e.m() * e.n(),
              op.bias() ? 1 : 0,
              type,
              type,
              precision),
          List.of(places.get(0), places.get(1), result));
    }
  }

  /** Adds a product of the library; places are those of A, B and C. */
  void add(KernelSteps steps, Product product, List<Place> places) {
    steps.work(prepared(product), places);
  }

  /** A product of the library on A, B and C, to be used several times. */
  KernelSteps.Work prepared(Product product) {
    Blas.Multiplication prepared = blas.prepare(product);
    return at -> prepared.enqueue(at[0], at[1], at[2]);
  }

  Precision precision() {
    return precision;
  }
}

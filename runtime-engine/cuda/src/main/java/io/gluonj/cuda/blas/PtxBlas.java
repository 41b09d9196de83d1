package io.gluonj.cuda.blas;

import io.gluonj.backend.Kernel;
import io.gluonj.codegen.GpuGemm;

/** The engine's own kernels. */
final class PtxBlas implements Blas {
  private final BlasDevice device;

  PtxBlas(BlasDevice device) {
    this.device = device;
  }

  @Override
  public String title() {
    return "own kernels";
  }

  @Override
  public Multiplication prepare(Product p) {
    var product =
        new GpuGemm.Product(
            p.transposeA(),
            p.transposeB(),
            p.m(),
            p.n(),
            p.k(),
            p.batch(),
            p.strideA(),
            p.strideB(),
            p.strideC(),
            p.beta(),
            false,
            p.type(),
            p.result());
    Kernel kernel = device.compiler().apply(GpuGemm.of(product));
    return (a, b, c) -> kernel.run(new long[] {a, b, c});
  }

  @Override
  public void close() {}
}

package io.gluonj.backend.cuda;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.codegen.GpuLoops;
import io.gluonj.cuda.blas.Blas;
import io.gluonj.cuda.blas.Product;
import io.gluonj.cuda.dnn.Algorithm;
import io.gluonj.cuda.dnn.AlgorithmChoice;
import io.gluonj.cuda.dnn.ConvolutionShape;
import io.gluonj.cuda.dnn.Dnn;
import io.gluonj.cuda.dnn.Pass;
import io.gluonj.llvm.ObjectCache;
import io.gluonj.op.Conv;
import io.gluonj.op.LoopNest;
import io.gluonj.op.Op;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Models of the libraries that compute by the operators' definitions in host memory. */
final class HostLibraries {
  private static final ReferenceBackend REFERENCE = new ReferenceBackend();
  private static final byte OVERWRITTEN = 99;

  private HostLibraries() {}

  /** The library of operators, with or without a model of cuDNN, for operands of a comparison. */
  static CudaLibrary library(PtxComparison comparison, boolean withDnn) {
    var compiler = new Compiler(comparison);
    var products = new ProductKernels(compiler, new HostBlas());
    Optional<ConvolutionKernels.Library> dnn =
        withDnn ? Optional.of(dnn()) : Optional.empty();
    return new CudaLibrary(
        compiler,
        () ->
            new CudaLibrary.Libraries(
                products, new ConvolutionKernels(compiler, products, dnn, new ReentrantLock())));
  }

  private static ConvolutionKernels.Library dnn() {
    var dnn = new HostDnn();
    var noMemory =
        new AlgorithmChoice.Memory() {
          @Override
          public long allocate(long bytes) {
            return 0;
          }

          @Override
          public void free(long address, long bytes) {
            throw new AssertionError("nothing was allocated");
          }
        };
    return new ConvolutionKernels.Library(
        dnn, new AlgorithmChoice(dnn, noMemory, ObjectCache.none(), "host", 1 << 20));
  }

  private record HostKernel(Kernel kernel) implements CudaKernel {
    @Override
    public void run(long[] addresses) {
      kernel.run(addresses);
    }

    @Override
    public long scratchBytes() {
      return kernel.scratchBytes();
    }
  }

  /** Generated kernels run as PTX. */
  private record Compiler(PtxComparison comparison) implements CudaCompiler {
    @Override
    public CudaKernel kernel(GpuKernels kernels) {
      return new HostKernel(comparison.kernel(kernels));
    }

    @Override
    public CudaKernel loops(LoopNest nest, int inputs) {
      return kernel(GpuLoops.of(nest, inputs));
    }
  }

  /** Row-major products as they are defined. */
  private static final class HostBlas implements Blas {
    @Override
    public String title() {
      return "a model";
    }

    @Override
    public Multiplication prepare(Product p) {
      return (a, b, c) -> multiply(p, a, b, c);
    }

    private static MemorySegment view(long address, long batches, long elements, DType type) {
      return HostMemory.view(address, (batches + elements) * type.bytes());
    }

    private static void multiply(Product p, long atA, long atB, long atC) {
      MemorySegment a = view(atA, (p.batch() - 1) * p.strideA(), p.m() * p.k(), p.type());
      MemorySegment b = view(atB, (p.batch() - 1) * p.strideB(), p.k() * p.n(), p.type());
      MemorySegment c = view(atC, (p.batch() - 1) * p.strideC(), p.m() * p.n(), p.result());
      for (long q = 0; q < p.batch(); q++) {
        for (long i = 0; i < p.m(); i++) {
          for (long j = 0; j < p.n(); j++) {
            long at = q * p.strideC() + i * p.n() + j;
            double sum = p.beta() == 0 ? 0 : p.beta() * p.result().read(c, at);
            for (long x = 0; x < p.k(); x++) {
              long left = p.transposeA() ? x * p.m() + i : i * p.k() + x;
              long right = p.transposeB() ? j * p.k() + x : x * p.n() + j;
              sum +=
                  p.type().read(a, q * p.strideA() + left)
                      * p.type().read(b, q * p.strideB() + right);
            }
            p.result().write(c, at, sum);
          }
        }
      }
    }

    @Override
    public void close() {}
  }

  /** Convolutions as they are defined, with workspace that is overwritten. */
  private static final class HostDnn implements Dnn {
    private static final long WORKSPACE = 300;

    private record Described(ConvolutionShape shape) implements Convolution {
      @Override
      public void close() {}
    }

    @Override
    public String title() {
      return "a model";
    }

    @Override
    public Convolution describe(ConvolutionShape shape) {
      return new Described(shape);
    }

    @Override
    public List<Algorithm> expected(Pass pass, Convolution convolution) {
      long bytes = pass == Pass.BACKWARD_DATA ? 0 : WORKSPACE;
      return List.of(new Algorithm(1, 0, -1, bytes, true, 0));
    }

    @Override
    public List<Algorithm> measured(
        Pass pass, Convolution c, long x, long w, long y, long workspace, long bytes) {
      throw new AssertionError("there is one algorithm only");
    }

    private static TensorType type(ConvolutionShape s, List<Integer> extents) {
      return new TensorType(
          Shape.of(extents.stream().mapToLong(e -> e).toArray()), s.type());
    }

    private static List<Long> longs(List<Integer> values) {
      return values.stream().map(Integer::longValue).toList();
    }

    @Override
    public void convolve(
        Pass pass, Convolution c, Algorithm a, long x, long w, long y, long workspace) {
      ConvolutionShape s = c.shape();
      if (a.workspace() > 0) {
        HostMemory.view(workspace, a.workspace()).fill(OVERWRITTEN);
      }
      TensorType tx = type(s, s.x());
      TensorType tw = type(s, s.w());
      TensorType ty = type(s, s.y());
      Window window =
          Window.of(
              longs(s.w()).subList(2, s.w().size()),
              longs(s.stride()),
              longs(s.dilation()),
              longs(s.pad()));
      long groups = s.groups();
      switch (pass) {
        case FORWARD ->
            run(new Conv(window, groups, false), List.of(tx, tw), ty, x, w, y);
        case BACKWARD_DATA ->
            run(new Conv.GradData(window, groups, tx.shape()), List.of(tw, ty), tx, w, y, x);
        case BACKWARD_FILTER ->
            run(new Conv.GradWeight(window, groups, tw.shape()), List.of(tx, ty), tw, x, y, w);
      }
    }

    private static void run(
        Op.Library op, List<TensorType> in, TensorType out, long... addresses) {
      REFERENCE.library(Device.reference(), op, in, List.of(out)).run(addresses);
    }

    @Override
    public void addBias(Convolution c, long bias, long y) {
      ConvolutionShape s = c.shape();
      TensorType ty = type(s, s.y());
      long filters = ty.shape().dim(1);
      long plane = ty.shape().sizeFrom(2);
      MemorySegment values = HostMemory.view(bias, filters * s.type().bytes());
      MemorySegment result = HostMemory.view(y, ty.bytes());
      for (long i = 0; i < ty.shape().size(); i++) {
        double sum = s.type().read(result, i) + s.type().read(values, i / plane % filters);
        s.type().write(result, i, sum);
      }
    }

    @Override
    public void close() {}
  }

  /** Types of operands that all have one element type. */
  static List<TensorType> types(DType type, Shape... shapes) {
    var all = new ArrayList<TensorType>();
    for (Shape shape : shapes) {
      all.add(new TensorType(shape, type));
    }
    return all;
  }
}

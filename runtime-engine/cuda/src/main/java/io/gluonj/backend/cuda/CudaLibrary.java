package io.gluonj.backend.cuda;

import io.gluonj.codegen.ConvolutionPlan.Place;
import io.gluonj.codegen.GpuBatchNorm;
import io.gluonj.codegen.GpuBoxSuppression;
import io.gluonj.codegen.GpuCtc;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.codegen.GpuPooling;
import io.gluonj.codegen.GpuRoiPooling;
import io.gluonj.codegen.GpuRows;
import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.blas.BlasBindings;
import io.gluonj.cuda.blas.BlasDevice;
import io.gluonj.cuda.dnn.AlgorithmChoice;
import io.gluonj.cuda.dnn.DnnBindings;
import io.gluonj.llvm.ObjectCache;
import io.gluonj.op.ArgSort;
import io.gluonj.op.BatchNormTraining;
import io.gluonj.op.BoxSuppression;
import io.gluonj.op.Conv;
import io.gluonj.op.CtcPaths;
import io.gluonj.op.LoopNest;
import io.gluonj.op.MatMul;
import io.gluonj.op.MaxPool;
import io.gluonj.op.Op;
import io.gluonj.op.OverImages;
import io.gluonj.op.Reduce;
import io.gluonj.op.RoiPooling;
import io.gluonj.op.RowFused;
import io.gluonj.op.ScatterAdd;
import io.gluonj.op.SumPool;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import io.gluonj.types.UnsupportedOpException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Kernels of library operators on one GPU, each made once. What has no kernel here is refused:
 * there is no silent way back to the processor.
 */
final class CudaLibrary {
  /** Beyond this many distinct kernels the cache starts anew; kernels in use go on working. */
  private static final int CAPACITY = 2048;

  private record Key(Op.Library op, List<TensorType> in, List<TensorType> out) {}

  private record WholeKey(Op.Composite op, List<TensorType> in) {}

  /** What multiplies and convolves. */
  record Libraries(ProductKernels products, ConvolutionKernels convolutions) {}

  private final CudaCompiler compiler;
  private final Supplier<Libraries> open;
  private final Map<Key, CudaKernel> kernels = new ConcurrentHashMap<>();
  private final Map<WholeKey, CudaKernel> recurrences = new ConcurrentHashMap<>();
  private @Nullable Libraries libraries;

  /**
   * The library of a device; NVIDIA's libraries are loaded at the first operator that needs them.
   */
  CudaLibrary(CudaDevice device) {
    this(compiler(device), () -> open(device));
  }

  CudaLibrary(CudaCompiler compiler, Supplier<Libraries> open) {
    this.compiler = compiler;
    this.open = open;
  }

  private static CudaCompiler compiler(CudaDevice device) {
    return new CudaCompiler() {
      @Override
      public CudaKernel kernel(GpuKernels kernels) {
        return device.kernel(kernels);
      }

      @Override
      public CudaKernel loops(LoopNest nest, int inputs) {
        return device.loops(nest, inputs);
      }
    };
  }

  private static Libraries open(CudaDevice device) {
    Gpu gpu = device.gpu();
    CudaCompiler compiler = compiler(device);
    gpu.lock().lock();
    try {
      var products =
          new ProductKernels(
              compiler, BlasBindings.shared().open(new BlasDevice(gpu, compiler::kernel)));
      Optional<ConvolutionKernels.Library> cudnn =
          DnnBindings.shared()
              .open(gpu)
              .map(dnn ->
                  new ConvolutionKernels.Library(
                      dnn, new AlgorithmChoice(dnn, gpu, ObjectCache.standard())));
      return new Libraries(products, new ConvolutionKernels(compiler, products, cudnn, gpu.lock()));
    } finally {
      gpu.lock().unlock();
    }
  }

  /**
   * The kernel of an operator.
   *
   * @throws UnsupportedOpException if there is none for these types
   */
  CudaKernel kernel(Op.Library op, List<TensorType> in, List<TensorType> out) {
    Key key = new Key(op, List.copyOf(in), List.copyOf(out));
    CudaKernel found = kernels.get(key);
    if (found == null) {
      if (kernels.size() >= CAPACITY) {
        kernels.clear();
      }
      found = make(key);
      kernels.put(key, found);
    }
    return found;
  }

  /** The kernel of a recurrence, which is run as a whole. */
  CudaKernel recurrence(Op.Composite op, List<TensorType> in) {
    WholeKey key = new WholeKey(op, List.copyOf(in));
    CudaKernel found = recurrences.get(key);
    if (found == null) {
      if (recurrences.size() >= CAPACITY) {
        recurrences.clear();
      }
      found = new RecurrenceKernels(compiler, libraries().products()).kernel(op, in);
      recurrences.put(key, found);
    }
    return found;
  }

  private synchronized Libraries libraries() {
    Libraries known = libraries;
    if (known == null) {
      known = open.get();
      libraries = known;
    }
    return known;
  }

  private CudaKernel make(Key key) {
    var steps = new KernelSteps();
    if (key.out().stream().anyMatch(t -> t.shape().size() > 0)) {
      DType type = key.out().getFirst().dtype();
      if (key.op() instanceof OverImages op && op.channelsLast()) {
        new ChannelsLastSteps(compiler, this::kernel).add(steps, op, key.in(), key.out());
      } else {
        lower(steps, key, type, uniform(steps, key, type));
      }
    }
    return steps.kernel();
  }

  /** Places of all operands; inputs of another type than the result are converted first. */
  private List<Place> uniform(KernelSteps steps, Key key, DType type) {
    var places = new ArrayList<Place>();
    for (int i = 0; i < key.in().size(); i++) {
      TensorType in = key.in().get(i);
      boolean own = ownType(key.op(), i);
      if (in.dtype() == type || own || in.shape().size() == 0) {
        places.add(KernelSteps.operand(i));
      } else {
        Place converted = steps.scratch(in.shape().size() * type.bytes());
        steps.add(
            compiler.loops(Fills.cast(in.shape().size(), in.dtype(), type), 1),
            List.of(KernelSteps.operand(i), converted));
        places.add(converted);
      }
    }
    for (int i = 0; i < key.out().size(); i++) {
      places.add(KernelSteps.operand(key.in().size() + i));
    }
    return places;
  }

  /** Whether an input has a type that nothing is converted to: positions, indices, sorted data. */
  private static boolean ownType(Op.Library op, int input) {
    return op instanceof ArgSort
        || op instanceof CtcPaths
        || op instanceof BoxSuppression
        || op instanceof RowFused
        || (input == 1
            && (op instanceof MaxPool.Grad
                || op instanceof ScatterAdd
                || op instanceof RoiPooling));
  }

  /** What {@link #lower} chooses. */
  static String describe(Op.Library library) {
    return switch (library) {
      case MatMul _ -> "cuBLAS";
      case Conv _ -> "cuDNN, or own kernels with cuBLAS";
      case Conv.GradData _ -> "cuDNN, or own kernels with cuBLAS";
      case Conv.GradWeight _ -> "cuDNN, or own kernels with cuBLAS";
      case MaxPool _, MaxPool.Grad _, SumPool _, SumPool.Grad _ -> "own kernel (PTX)";
      case BatchNormTraining _, BatchNormTraining.Grad _ -> "own kernel (PTX)";
      case RowFused _ -> "rows (PTX)";
      case ScatterAdd _, ArgSort _, CtcPaths _, RoiPooling _, BoxSuppression _ ->
          "own kernels (PTX)";
    };
  }

  private void lower(KernelSteps steps, Key key, DType type, List<Place> at) {
    List<Shape> in = key.in().stream().map(TensorType::shape).toList();
    Shape first = in.getFirst();
    switch (key.op()) {
      case MatMul op -> libraries().products().add(steps, op, first, in.get(1), type, at);
      case Conv op ->
          libraries().convolutions().forward(steps, op, first, in.get(1), floats(key), at);
      case Conv.GradData op ->
          libraries().convolutions().gradData(steps, op, first, floats(key), at);
      case Conv.GradWeight op -> gradWeight(steps, key, op, at);
      case MaxPool op -> steps.add(compiler.kernel(GpuPooling.max(op, first, type)), at);
      case MaxPool.Grad op -> steps.add(compiler.kernel(GpuPooling.maxGrad(op, type)), at);
      case SumPool op -> steps.add(compiler.kernel(GpuPooling.sum(op, first, type)), at);
      case SumPool.Grad op -> steps.add(compiler.kernel(GpuPooling.sumGrad(op, type)), at);
      case BatchNormTraining op -> normalize(steps, key, op, floats(key), at);
      case BatchNormTraining.Grad op -> normalizeGrad(steps, key, op, floats(key), at);
      case RowFused op -> steps.add(compiler.kernel(GpuRows.of(op.nest(), in.size())), at);
      case ScatterAdd op ->
          new RowKernels(compiler)
              .scatter(steps, op, key.in().getFirst(), key.in().get(1).dtype(), at);
      case RoiPooling op -> steps.add(compiler.kernel(GpuRoiPooling.of(op, key.in())), at);
      case BoxSuppression op -> steps.add(compiler.kernel(GpuBoxSuppression.of(op, key.in())), at);
      case CtcPaths op -> steps.add(compiler.kernel(GpuCtc.of(op, key.in())), at);
      case ArgSort op -> new RowKernels(compiler).sort(steps, op, key.in().getFirst(), at);
    }
  }

  private void gradWeight(KernelSteps steps, Key key, Conv.GradWeight op, List<Place> at) {
    Shape first = key.in().getFirst().shape();
    libraries().convolutions().gradWeight(steps, op, first, floats(key), at.subList(0, 3));
    if (op.bias()) {
      TensorType dy = new TensorType(key.in().get(1).shape(), floats(key));
      LoopNest sum =
          new Reduce.Sum(List.of(1), false, true)
              .nests(List.of(dy), List.of(key.out().get(1)))
              .getFirst();
      steps.add(compiler.loops(sum, 1), List.of(at.get(1), at.get(3)));
    }
  }

  /** Of no data the mean and the variance are not numbers. */
  private void normalize(
      KernelSteps steps, Key key, BatchNormTraining op, DType type, List<Place> at) {
    Shape data = key.in().getFirst().shape();
    if (data.size() == 0) {
      fill(steps, key, Double.NaN);
    } else {
      steps.add(compiler.kernel(GpuBatchNorm.forward(op, new TensorType(data, type), type)), at);
    }
  }

  private void normalizeGrad(
      KernelSteps steps, Key key, BatchNormTraining.Grad op, DType type, List<Place> at) {
    Shape data = key.in().getFirst().shape();
    if (data.size() == 0) {
      fill(steps, key, 0);
    } else {
      steps.add(compiler.kernel(GpuBatchNorm.grad(op, new TensorType(data, type), type)), at);
    }
  }

  private void fill(KernelSteps steps, Key key, double value) {
    for (int i = 0; i < key.out().size(); i++) {
      TensorType out = key.out().get(i);
      if (out.shape().size() > 0) {
        steps.add(
            compiler.loops(Fills.constant(out.shape().size(), out.dtype(), value), 0),
            List.of(KernelSteps.operand(key.in().size() + i)));
      }
    }
  }

  /** The operator's type, which must be a floating-point type. */
  private static DType floats(Key key) {
    DType type = key.out().getFirst().dtype();
    if (!type.isFloating()) {
      throw new UnsupportedOpException(
          key.op().schema().name() + " of " + key.in() + " was asked for on a GPU",
          "it is computed for float32, float64, float16 and bfloat16 there",
          "convert the data with astype(FLOAT32), or compute this on Device.cpu()");
    }
    return type;
  }
}

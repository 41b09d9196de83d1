package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.codegen.HostRows;
import io.gluonj.codegen.HostScatter;
import io.gluonj.dnnl.Dnnl;
import io.gluonj.dnnl.DnnlException;
import io.gluonj.op.ArgSort;
import io.gluonj.op.BatchNormTraining;
import io.gluonj.op.BoxSuppression;
import io.gluonj.op.Conv;
import io.gluonj.op.CtcPaths;
import io.gluonj.op.MatMul;
import io.gluonj.op.MaxPool;
import io.gluonj.op.Op;
import io.gluonj.op.RoiPooling;
import io.gluonj.op.RowFused;
import io.gluonj.op.ScatterAdd;
import io.gluonj.op.SumPool;
import io.gluonj.types.DType;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Kernels of library operators, each one made once. */
final class LibraryKernels {
  private static final System.Logger LOG = System.getLogger(LibraryKernels.class.getName());

  /** Spatial data of more than three dimensions is beyond oneDNN. */
  private static final int MAX_RANK = 5;

  /** Beyond this many distinct kernels the cache starts anew; kernels in use go on working. */
  private static final int CAPACITY = 2048;

  private record Key(Op.Library op, List<TensorType> in, List<TensorType> out) {
    /** Without the operator's attributes: few operators of a kind have the same types. */
    @Override
    public int hashCode() {
      return 31 * in.hashCode() + op.getClass().hashCode();
    }
  }

  private final CpuRuntime runtime;
  private final LoopKernels loops;
  private final OwnConvolutions own;
  private final Map<Key, Kernel> kernels = new ConcurrentHashMap<>();
  private final Set<Class<?>> reported = ConcurrentHashMap.newKeySet();

  /**
   * Makes an empty cache.
   *
   * @param loops for the parts of operators that oneDNN lacks
   */
  LibraryKernels(LoopKernels loops) {
    this.runtime = loops.runtime();
    this.own = new OwnConvolutions(loops);
    this.loops = loops;
  }

  Kernel kernel(Op.Library op, List<TensorType> in, List<TensorType> out) {
    Key key = new Key(op, List.copyOf(in), List.copyOf(out));
    Kernel found = kernels.get(key);
    if (found == null) {
      if (kernels.size() >= CAPACITY) {
        kernels.clear();
      }
      found = kernels.computeIfAbsent(key, this::make);
    }
    return found;
  }

  private Kernel make(Key key) {
    var all = new ArrayList<>(key.in());
    all.addAll(key.out());
    if (all.stream().anyMatch(t -> t.shape().size() == 0)) {
      return ReferenceBackend.definition(key.op()::reference, key.in(), key.out());
    }
    if (key.op() instanceof ScatterAdd
        || key.op() instanceof ArgSort
        || key.op() instanceof CtcPaths
        || key.op() instanceof RoiPooling
        || key.op() instanceof RowFused
        || key.op() instanceof BoxSuppression) {
      return lower(key.op(), key.in(), key.out()); // ours: any type, any size
    }
    if (key.op() instanceof MatMul op && all.stream().allMatch(t -> t.dtype() == DType.FLOAT64)) {
      return new ContractionKernel(runtime, ContractionKernel.of(op, key.in()), key.in());
    }
    boolean positions = key.op() instanceof MaxPool || key.op() instanceof MaxPool.Grad;
    if (all.stream().anyMatch(t -> InFloat32.isHalf(t.dtype()))) {
      return half(key);
    }
    boolean narrow = all.stream().allMatch(t -> positions || t.dtype() == DType.FLOAT32);
    boolean small = all.stream().allMatch(t -> t.shape().rank() <= MAX_RANK);
    if (!narrow || !small || key.in().getFirst().dtype() != DType.FLOAT32) {
      return defined(
          key, "it has a fast kernel for floats of at most 32 bits, of rank 5 and less, only");
    }
    try {
      return lower(key.op(), key.in(), key.out());
    } catch (DnnlException e) {
      return defined(key, "oneDNN refuses it: " + e.getMessage());
    }
  }

  /** Directly where the processor multiplies bfloat16; else, and all else, in float32. */
  private Kernel half(Key key) {
    boolean product =
        key.op() instanceof MatMul
            || key.op() instanceof Conv
            || key.op() instanceof Conv.GradData
            || key.op() instanceof Conv.GradWeight;
    if (product
        && Dnnl.fastBfloat16()
        && Stream.concat(key.in().stream(), key.out().stream())
            .allMatch(t -> t.dtype() == DType.BFLOAT16 && t.shape().rank() <= MAX_RANK)) {
      try {
        return lower(key.op(), key.in(), key.out());
      } catch (DnnlException e) {
        LOG.log(
            System.Logger.Level.DEBUG,
            () -> key.op() + " is computed in float32: oneDNN refuses it: " + e.getMessage());
      }
    }
    var wide =
        new Key(
            key.op(),
            key.in().stream().map(InFloat32::widened).toList(),
            key.out().stream().map(InFloat32::widened).toList());
    return InFloat32.of(make(wide), key.in(), key.out(), loops);
  }

  /** The operator's definition as a kernel: right, and slow enough to be told about. */
  private Kernel defined(Key key, String why) {
    if (reported.add(key.op().getClass())) {
      LOG.log(
          System.Logger.Level.INFO,
          key.op().schema().name()
              + " on the CPU runs slowly for "
              + key.in().getFirst()
              + ": "
              + why);
    }
    return ReferenceBackend.definition(key.op()::reference, key.in(), key.out());
  }

  /** What {@link #lower} chooses for float32. */
  static String describe(Op.Library library) {
    return switch (library) {
      case MatMul _ -> "own products (LLVM) or oneDNN matmul, whichever is faster";
      case Conv _ -> "own sums of products (LLVM) or oneDNN convolution";
      case Conv.GradData _ -> "oneDNN convolution, backward data";
      case Conv.GradWeight _ ->
          "own sums of products (LLVM) or oneDNN convolution, backward weights";
      case MaxPool _ -> "oneDNN pooling, max";
      case MaxPool.Grad _ -> "oneDNN pooling, max, backward";
      case SumPool _ -> "oneDNN pooling, average";
      case SumPool.Grad _ -> "oneDNN pooling, average, backward";
      case BatchNormTraining _ -> "oneDNN batch normalization";
      case BatchNormTraining.Grad _ -> "oneDNN batch normalization, backward";
      case RowFused _ -> "rows (LLVM)";
      case RoiPooling _ -> "own loops (Java)";
      case BoxSuppression _ -> "own loops (Java)";
      case CtcPaths _ -> "own recursion (Java)";
      case ArgSort _ -> "own sort";
      case ScatterAdd _ -> "own loops (LLVM)";
    };
  }

  private Kernel lower(Op.Library library, List<TensorType> in, List<TensorType> out) {
    return switch (library) {
      case MatMul op -> MatMulKernel.fastest(op, in, out, runtime);
      case Conv op -> ConvKernels.forward(op, in, out, own.forward(op, in, out.getFirst()));
      case Conv.GradData op -> ConvKernels.gradData(op, in, out);
      case Conv.GradWeight op -> ConvKernels.gradWeight(op, in, out, own.gradWeight(op, in));
      case MaxPool op -> PoolKernels.max(op, in, out);
      case MaxPool.Grad op -> PoolKernels.maxGrad(op, in, out);
      case SumPool op -> PoolKernels.sum(op, in, out);
      case SumPool.Grad op -> PoolKernels.sumGrad(op, in, out, loops);
      case BatchNormTraining op -> BatchNormKernels.forward(op, in, out);
      case BatchNormTraining.Grad op -> BatchNormKernels.grad(op, in, out);
      case RoiPooling op -> new RoiPoolingKernel(op, in);
      case BoxSuppression op -> new BoxSuppressionKernel(op, in);
      case CtcPaths op -> new CtcKernel(op, in);
      case ArgSort op -> new SortKernel(op, in.getFirst());
      case RowFused op -> loops.kernel(HostRows.of(op.nest(), in.size()));
      case ScatterAdd op -> loops.kernel(HostScatter.of(op, in, out.getFirst()));
    };
  }
}

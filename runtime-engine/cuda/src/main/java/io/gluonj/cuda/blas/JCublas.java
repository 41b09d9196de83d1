package io.gluonj.cuda.blas;

import static io.gluonj.cuda.binding.Addresses.jcuda;
import static io.gluonj.cuda.blas.CublasStatus.check;

import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.JCudaNatives;
import io.gluonj.cuda.binding.Addresses;
import io.gluonj.cuda.binding.Binding;
import io.gluonj.cuda.binding.BindingException;
import io.gluonj.cuda.binding.LibraryFiles;
import io.gluonj.natives.NativeArtifact;
import java.util.List;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.runtime.cudaStream_t;

/** cuBLAS 12 by JCublas. */
final class JCublas implements Blas {
  private static final List<String> FUNCTIONS =
      List.of(
          "cublasCreate_v2",
          "cublasDestroy_v2",
          "cublasGetVersion_v2",
          "cublasSetStream_v2",
          "cublasSetWorkspace_v2",
          "cublasSetMathMode",
          "cublasGemmEx",
          "cublasGemmStridedBatchedEx");

  private final Gpu gpu;
  private final CublasWorkspace workspace;
  private final cublasHandle handle = new cublasHandle();

  private JCublas(Gpu gpu) {
    this.gpu = gpu;
    this.workspace = CublasWorkspace.of(gpu);
    check(JCublas2.cublasCreate(handle), "cublasCreate on " + gpu);
    check(
        JCublas2.cublasSetStream(handle, new cudaStream_t(gpu.compute().raw())),
        "cublasSetStream");
    check(
        JCublas2.cublasSetWorkspace(handle, jcuda(workspace.address()), workspace.bytes()),
        "cublasSetWorkspace");
    check(JCublas2.cublasSetMathMode(handle, ColumnMajor.MATH_MODE), "cublasSetMathMode");
  }

  /** Loads the library and its binding. */
  static Binding.Loaded<BlasDevice, Blas> load(LibraryFiles files) throws BindingException {
    String library = "libcublas.so.12";
    files.open("libcublasLt.so.12", List.of());
    String found = files.open(library, FUNCTIONS);
    JCudaNatives.load(NativeArtifact.JCUBLAS, JCublas2::initialize);
    JCublas2.setExceptionsEnabled(false);
    return new Binding.Loaded<>(found, d -> new JCublas(d.gpu()));
  }

  @Override
  public String title() {
    int[] version = new int[1];
    check(JCublas2.cublasGetVersion(handle, version), "cublasGetVersion");
    return "cuBLAS " + CublasStatus.version(version[0]) + " by JCublas";
  }

  @Override
  public void multiply(Product product, long a, long b, long c) {
    ColumnMajor p = ColumnMajor.of(product);
    gpu.activate();
    var alpha = jcuda(Addresses.scalar(p.alpha(), p.wide()));
    var beta = jcuda(Addresses.scalar(p.beta(), p.wide()));
    if (p.batch() == 1) {
      check(
          JCublas2.cublasGemmEx_new(
              handle,
              p.operationFirst(),
              p.operationSecond(),
              p.m(),
              p.n(),
              p.k(),
              alpha,
              jcuda(b),
              p.dataType(),
              p.strideFirst(),
              jcuda(a),
              p.dataType(),
              p.strideSecond(),
              beta,
              jcuda(c),
              p.resultType(),
              p.strideResult(),
              p.computeType(),
              ColumnMajor.ALGORITHM),
          "cublasGemmEx");
    } else {
      check(
          JCublas2.cublasGemmStridedBatchedEx_new(
              handle,
              p.operationFirst(),
              p.operationSecond(),
              p.m(),
              p.n(),
              p.k(),
              alpha,
              jcuda(b),
              p.dataType(),
              p.strideFirst(),
              p.batchFirst(),
              jcuda(a),
              p.dataType(),
              p.strideSecond(),
              p.batchSecond(),
              beta,
              jcuda(c),
              p.resultType(),
              p.strideResult(),
              p.batchResult(),
              p.batch(),
              p.computeType(),
              ColumnMajor.ALGORITHM),
          "cublasGemmStridedBatchedEx");
    }
    gpu.compute().enqueued("cublasGemmEx");
  }

  @Override
  public void close() {
    gpu.activate();
    check(JCublas2.cublasDestroy(handle), "cublasDestroy");
    workspace.free();
  }
}

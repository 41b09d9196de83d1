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
import jcuda.Pointer;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.runtime.cudaStream_t;

/** cuBLAS 12 by JCublas. */
final class JCublas implements Blas {
  private final Gpu gpu;
  private final CublasWorkspace workspace;
  private final cublasHandle handle = new cublasHandle();

  private JCublas(Gpu gpu) {
    this.gpu = gpu;
    gpu.activate();
    this.workspace = CublasWorkspace.of(gpu);
    check(JCublas2.cublasCreate(handle), "cublasCreate on " + gpu);
    check(
        JCublas2.cublasSetStream(handle, new cudaStream_t(gpu.compute().raw())), "cublasSetStream");
    check(
        JCublas2.cublasSetWorkspace(handle, jcuda(workspace.address()), workspace.bytes()),
        "cublasSetWorkspace");
    check(JCublas2.cublasSetMathMode(handle, ColumnMajor.MATH_MODE), "cublasSetMathMode");
  }

  /** Loads the library and its binding. */
  static Binding.Loaded<BlasDevice, Blas> load(LibraryFiles files) throws BindingException {
    String library = "libcublas.so.12";
    String found = files.open(library, CublasStatus.FUNCTIONS);
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
  public Multiplication prepare(Product product) {
    ColumnMajor p = ColumnMajor.of(product);
    Pointer one = jcuda(Addresses.scalar(1, p.wide()));
    Pointer beta = jcuda(Addresses.scalar(p.beta(), p.wide()));
    return p.batch() == 1
        ? (a, b, c) -> single(p, one, beta, jcuda(a), jcuda(b), jcuda(c))
        : (a, b, c) -> batched(p, one, beta, jcuda(a), jcuda(b), jcuda(c));
  }

  private void single(ColumnMajor p, Pointer one, Pointer beta, Pointer a, Pointer b, Pointer c) {
    gpu.activate();
    check(
        JCublas2.cublasGemmEx_new(
            handle,
            p.operationFirst(),
            p.operationSecond(),
            p.m(),
            p.n(),
            p.k(),
            one,
            b,
            p.dataType(),
            p.leadingFirst(),
            a,
            p.dataType(),
            p.leadingSecond(),
            beta,
            c,
            p.resultType(),
            p.leadingResult(),
            p.computeType(),
            ColumnMajor.ALGORITHM),
        "cublasGemmEx");
    gpu.compute().enqueued("cublasGemmEx");
  }

  private void batched(ColumnMajor p, Pointer one, Pointer beta, Pointer a, Pointer b, Pointer c) {
    gpu.activate();
    check(
        JCublas2.cublasGemmStridedBatchedEx_new(
            handle,
            p.operationFirst(),
            p.operationSecond(),
            p.m(),
            p.n(),
            p.k(),
            one,
            b,
            p.dataType(),
            p.leadingFirst(),
            p.strideFirst(),
            a,
            p.dataType(),
            p.leadingSecond(),
            p.strideSecond(),
            beta,
            c,
            p.resultType(),
            p.leadingResult(),
            p.strideResult(),
            p.batch(),
            p.computeType(),
            ColumnMajor.ALGORITHM),
        "cublasGemmStridedBatchedEx");
    gpu.compute().enqueued("cublasGemmStridedBatchedEx");
  }

  @Override
  public void close() {
    gpu.activate();
    check(JCublas2.cublasDestroy(handle), "cublasDestroy");
    workspace.free();
  }
}

package io.gluonj.cuda.blas;

import static io.gluonj.cuda.binding.Addresses.bytedeco;
import static io.gluonj.cuda.blas.CublasStatus.check;

import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.binding.Addresses;
import io.gluonj.cuda.binding.Binding;
import io.gluonj.cuda.binding.BindingException;
import io.gluonj.cuda.binding.BytedecoNatives;
import io.gluonj.cuda.binding.LibraryFiles;
import java.util.List;
import org.bytedeco.cuda.cublas.cublasContext;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.javacpp.Pointer;

/** cuBLAS 13 by the JavaCPP presets. */
final class BytedecoCublas implements Blas {
  private final Gpu gpu;
  private final CublasWorkspace workspace;
  private final cublasContext handle = new cublasContext();

  private BytedecoCublas(Gpu gpu) {
    this.gpu = gpu;
    gpu.activate();
    this.workspace = CublasWorkspace.of(gpu);
    check(cublas.cublasCreate_v2(handle), "cublasCreate on " + gpu);
    check(
        cublas.cublasSetStream_v2(handle, new CUstream_st(bytedeco(gpu.compute().handle()))),
        "cublasSetStream");
    check(
        cublas.cublasSetWorkspace_v2(handle, bytedeco(workspace.address()), workspace.bytes()),
        "cublasSetWorkspace");
    check(cublas.cublasSetMathMode(handle, ColumnMajor.MATH_MODE), "cublasSetMathMode");
  }

  /** Loads the libraries and the binding. */
  static Binding.Loaded<BlasDevice, Blas> load(LibraryFiles files) throws BindingException {
    BytedecoNatives.requireRuntime(files);
    files.open("libcublasLt.so.13", List.of());
    String found = files.open("libcublas.so.13", CublasStatus.FUNCTIONS);
    BytedecoNatives.load(cublas.class);
    return new Binding.Loaded<>(found, d -> new BytedecoCublas(d.gpu()));
  }

  @Override
  public String title() {
    int[] version = new int[1];
    check(cublas.cublasGetVersion_v2(handle, version), "cublasGetVersion");
    return "cuBLAS " + CublasStatus.version(version[0]) + " by JavaCPP";
  }

  @Override
  public Multiplication prepare(Product product) {
    ColumnMajor p = ColumnMajor.of(product);
    Pointer one = bytedeco(Addresses.scalar(1, p.wide()));
    Pointer beta = bytedeco(Addresses.scalar(p.beta(), p.wide()));
    return p.batch() == 1
        ? (a, b, c) -> single(p, one, beta, bytedeco(a), bytedeco(b), bytedeco(c))
        : (a, b, c) -> batched(p, one, beta, bytedeco(a), bytedeco(b), bytedeco(c));
  }

  private void single(ColumnMajor p, Pointer one, Pointer beta, Pointer a, Pointer b, Pointer c) {
    gpu.activate();
    check(
        cublas.cublasGemmEx(
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
        cublas.cublasGemmStridedBatchedEx(
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
    check(cublas.cublasDestroy_v2(handle), "cublasDestroy");
    workspace.free();
  }
}

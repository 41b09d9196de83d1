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

/** cuBLAS 13 by the JavaCPP presets. */
final class BytedecoCublas implements Blas {
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
  private final cublasContext handle = new cublasContext();

  private BytedecoCublas(Gpu gpu) {
    this.gpu = gpu;
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
    String found = files.open("libcublas.so.13", FUNCTIONS);
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
  public void multiply(Product product, long a, long b, long c) {
    ColumnMajor p = ColumnMajor.of(product);
    gpu.activate();
    var alpha = bytedeco(Addresses.scalar(p.alpha(), p.wide()));
    var beta = bytedeco(Addresses.scalar(p.beta(), p.wide()));
    if (p.batch() == 1) {
      check(
          cublas.cublasGemmEx(
              handle,
              p.operationFirst(),
              p.operationSecond(),
              p.m(),
              p.n(),
              p.k(),
              alpha,
              bytedeco(b),
              p.dataType(),
              p.strideFirst(),
              bytedeco(a),
              p.dataType(),
              p.strideSecond(),
              beta,
              bytedeco(c),
              p.resultType(),
              p.strideResult(),
              p.computeType(),
              ColumnMajor.ALGORITHM),
          "cublasGemmEx");
    } else {
      check(
          cublas.cublasGemmStridedBatchedEx(
              handle,
              p.operationFirst(),
              p.operationSecond(),
              p.m(),
              p.n(),
              p.k(),
              alpha,
              bytedeco(b),
              p.dataType(),
              p.strideFirst(),
              p.batchFirst(),
              bytedeco(a),
              p.dataType(),
              p.strideSecond(),
              p.batchSecond(),
              beta,
              bytedeco(c),
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
    check(cublas.cublasDestroy_v2(handle), "cublasDestroy");
    workspace.free();
  }
}

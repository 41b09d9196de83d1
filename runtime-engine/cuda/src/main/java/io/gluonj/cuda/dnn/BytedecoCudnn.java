package io.gluonj.cuda.dnn;

import static io.gluonj.cuda.binding.Addresses.bytedeco;
import static io.gluonj.cuda.dnn.ConvolutionShape.array;
import static io.gluonj.cuda.dnn.ConvolutionShape.strides;

import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.binding.Addresses;
import io.gluonj.cuda.binding.Binding;
import io.gluonj.cuda.binding.BindingException;
import io.gluonj.cuda.binding.BytedecoNatives;
import io.gluonj.cuda.binding.LibraryFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.cudnn.cudnnConvolutionBwdDataAlgoPerf_t;
import org.bytedeco.cuda.cudnn.cudnnConvolutionBwdFilterAlgoPerf_t;
import org.bytedeco.cuda.cudnn.cudnnConvolutionFwdAlgoPerf_t;
import org.bytedeco.cuda.cudnn.cudnnConvolutionStruct;
import org.bytedeco.cuda.cudnn.cudnnFilterStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.Pointer;

/**
 * cuDNN 9 by the JavaCPP presets. Its calls for convolutions are deprecated in favour of graphs, which
 * cuDNN 8 knows otherwise; all versions of 9 have them.
 */
@SuppressWarnings("deprecation")
final class BytedecoCudnn implements Dnn {
  private final Gpu gpu;
  private final cudnnContext handle = new cudnnContext();

  private BytedecoCudnn(Gpu gpu) {
    this.gpu = gpu;
    gpu.activate();
    check(cudnn.cudnnCreate(handle), "cudnnCreate on " + gpu);
    check(
        cudnn.cudnnSetStream(handle, new CUstream_st(bytedeco(gpu.compute().handle()))),
        "cudnnSetStream");
  }

  /** Loads the libraries and the binding, which is linked with each of cuDNN 9's parts. */
  static Binding.Loaded<Gpu, Optional<Dnn>> load(LibraryFiles files) throws BindingException {
    BytedecoNatives.requireRuntime(files);
    for (String library : List.of("libcublasLt.so.13", "libcublas.so.13")) {
      files.open(library, List.of());
    }
    files.open("libcudnn_graph.so.9", CudnnFunctions.HANDLES);
    files.open("libcudnn_ops.so.9", CudnnFunctions.OPERATIONS);
    String found = files.open("libcudnn_cnn.so.9", CudnnFunctions.CONVOLUTIONS);
    files.open("libcudnn_adv.so.9", List.of());
    BytedecoNatives.load(cudnn.class);
    return new Binding.Loaded<>(
        found + ", cuDNN " + CudnnStatus.version(cudnn.cudnnGetVersion()),
        gpu -> Optional.of(new BytedecoCudnn(gpu)));
  }

  private static void check(int status, String call) {
    CudnnStatus.check(status, call, s -> cudnn.cudnnGetErrorString(s).getString());
  }

  @Override
  public String title() {
    return "cuDNN " + CudnnStatus.version(cudnn.cudnnGetVersion()) + " by JavaCPP";
  }

  /** Descriptors of one convolution. */
  private record Descriptors(
      ConvolutionShape shape,
      cudnnTensorStruct x,
      cudnnFilterStruct w,
      cudnnTensorStruct y,
      cudnnTensorStruct bias,
      cudnnConvolutionStruct how)
      implements Convolution {
    @Override
    public void close() {
      check(cudnn.cudnnDestroyConvolutionDescriptor(how), "cudnnDestroyConvolutionDescriptor");
      check(cudnn.cudnnDestroyFilterDescriptor(w), "cudnnDestroyFilterDescriptor");
      check(cudnn.cudnnDestroyTensorDescriptor(x), "cudnnDestroyTensorDescriptor");
      check(cudnn.cudnnDestroyTensorDescriptor(y), "cudnnDestroyTensorDescriptor");
      check(cudnn.cudnnDestroyTensorDescriptor(bias), "cudnnDestroyTensorDescriptor");
    }
  }

  @Override
  public Convolution describe(ConvolutionShape s) {
    var w = new cudnnFilterStruct();
    check(cudnn.cudnnCreateFilterDescriptor(w), "cudnnCreateFilterDescriptor");
    check(
        cudnn.cudnnSetFilterNdDescriptor(
            w, s.dataType(), CudnnFunctions.NCHW, s.w().size(), array(s.w())),
        "cudnnSetFilterNdDescriptor of " + s.w());
    var how = new cudnnConvolutionStruct();
    check(cudnn.cudnnCreateConvolutionDescriptor(how), "cudnnCreateConvolutionDescriptor");
    check(
        cudnn.cudnnSetConvolutionNdDescriptor(
            how,
            s.pad().size(),
            array(s.pad()),
            array(s.stride()),
            array(s.dilation()),
            CudnnFunctions.CROSS_CORRELATION,
            s.computeType()),
        "cudnnSetConvolutionNdDescriptor of " + s);
    check(cudnn.cudnnSetConvolutionGroupCount(how, s.groups()), "cudnnSetConvolutionGroupCount");
    check(cudnn.cudnnSetConvolutionMathType(how, s.mathType()), "cudnnSetConvolutionMathType");
    return new Descriptors(s, tensor(s, s.x()), w, tensor(s, s.y()), tensor(s, s.bias()), how);
  }

  private static cudnnTensorStruct tensor(ConvolutionShape s, List<Integer> extents) {
    var tensor = new cudnnTensorStruct();
    check(cudnn.cudnnCreateTensorDescriptor(tensor), "cudnnCreateTensorDescriptor");
    check(
        cudnn.cudnnSetTensorNdDescriptor(
            tensor, s.dataType(), extents.size(), array(extents), strides(extents)),
        "cudnnSetTensorNdDescriptor of " + extents);
    return tensor;
  }

  @Override
  public List<Algorithm> expected(Pass pass, Convolution convolution) {
    var d = (Descriptors) convolution;
    gpu.activate();
    int n = CudnnFunctions.ALGORITHMS;
    int[] found = new int[1];
    return switch (pass) {
      case FORWARD -> {
        try (var perf = new cudnnConvolutionFwdAlgoPerf_t(n)) {
          check(
              cudnn.cudnnGetConvolutionForwardAlgorithm_v7(
                  handle, d.x(), d.w(), d.how(), d.y(), n, found, perf),
              "cudnnGetConvolutionForwardAlgorithm_v7");
          yield algorithms(perf, found[0]);
        }
      }
      case BACKWARD_DATA -> {
        try (var perf = new cudnnConvolutionBwdDataAlgoPerf_t(n)) {
          check(
              cudnn.cudnnGetConvolutionBackwardDataAlgorithm_v7(
                  handle, d.w(), d.y(), d.how(), d.x(), n, found, perf),
              "cudnnGetConvolutionBackwardDataAlgorithm_v7");
          yield algorithms(perf, found[0]);
        }
      }
      case BACKWARD_FILTER -> {
        try (var perf = new cudnnConvolutionBwdFilterAlgoPerf_t(n)) {
          check(
              cudnn.cudnnGetConvolutionBackwardFilterAlgorithm_v7(
                  handle, d.x(), d.y(), d.how(), d.w(), n, found, perf),
              "cudnnGetConvolutionBackwardFilterAlgorithm_v7");
          yield algorithms(perf, found[0]);
        }
      }
    };
  }

  @Override
  public List<Algorithm> measured(
      Pass pass, Convolution convolution, long x, long w, long y, long workspace, long bytes) {
    var d = (Descriptors) convolution;
    gpu.activate();
    int n = CudnnFunctions.ALGORITHMS;
    int[] found = new int[1];
    Pointer px = bytedeco(x);
    Pointer pw = bytedeco(w);
    Pointer py = bytedeco(y);
    Pointer space = bytedeco(workspace);
    return switch (pass) {
      case FORWARD -> {
        try (var perf = new cudnnConvolutionFwdAlgoPerf_t(n)) {
          check(
              cudnn.cudnnFindConvolutionForwardAlgorithmEx(
                  handle, d.x(), px, d.w(), pw, d.how(), d.y(), py, n, found, perf, space, bytes),
              "cudnnFindConvolutionForwardAlgorithmEx");
          yield algorithms(perf, found[0]);
        }
      }
      case BACKWARD_DATA -> {
        try (var perf = new cudnnConvolutionBwdDataAlgoPerf_t(n)) {
          check(
              cudnn.cudnnFindConvolutionBackwardDataAlgorithmEx(
                  handle, d.w(), pw, d.y(), py, d.how(), d.x(), px, n, found, perf, space, bytes),
              "cudnnFindConvolutionBackwardDataAlgorithmEx");
          yield algorithms(perf, found[0]);
        }
      }
      case BACKWARD_FILTER -> {
        try (var perf = new cudnnConvolutionBwdFilterAlgoPerf_t(n)) {
          check(
              cudnn.cudnnFindConvolutionBackwardFilterAlgorithmEx(
                  handle, d.x(), px, d.y(), py, d.how(), d.w(), pw, n, found, perf, space, bytes),
              "cudnnFindConvolutionBackwardFilterAlgorithmEx");
          yield algorithms(perf, found[0]);
        }
      }
    };
  }

  @Override
  public void convolve(
      Pass pass, Convolution convolution, Algorithm algorithm, long x, long w, long y, long at) {
    var d = (Descriptors) convolution;
    gpu.activate();
    check(
        cudnn.cudnnSetConvolutionMathType(d.how(), algorithm.mathType()),
        "cudnnSetConvolutionMathType");
    Pointer one = bytedeco(Addresses.scalar(1, d.shape().wide()));
    Pointer zero = bytedeco(Addresses.scalar(0, d.shape().wide()));
    Pointer px = bytedeco(x);
    Pointer pw = bytedeco(w);
    Pointer py = bytedeco(y);
    Pointer space = bytedeco(at);
    int id = algorithm.id();
    long bytes = algorithm.workspace();
    String call = CudnnFunctions.of(pass);
    int status =
        switch (pass) {
          case FORWARD ->
              cudnn.cudnnConvolutionForward(
                  handle, one, d.x(), px, d.w(), pw, d.how(), id, space, bytes, zero, d.y(), py);
          case BACKWARD_DATA ->
              cudnn.cudnnConvolutionBackwardData(
                  handle, one, d.w(), pw, d.y(), py, d.how(), id, space, bytes, zero, d.x(), px);
          case BACKWARD_FILTER ->
              cudnn.cudnnConvolutionBackwardFilter(
                  handle, one, d.x(), px, d.y(), py, d.how(), id, space, bytes, zero, d.w(), pw);
        };
    check(status, call);
    gpu.compute().enqueued(call);
  }

  @Override
  public void addBias(Convolution convolution, long bias, long y) {
    var d = (Descriptors) convolution;
    gpu.activate();
    Pointer one = bytedeco(Addresses.scalar(1, d.shape().wide()));
    check(
        cudnn.cudnnAddTensor(handle, one, d.bias(), bytedeco(bias), one, d.y(), bytedeco(y)),
        "cudnnAddTensor");
    gpu.compute().enqueued("cudnnAddTensor");
  }

  private static List<Algorithm> algorithms(cudnnConvolutionFwdAlgoPerf_t perf, int n) {
    var found = new ArrayList<Algorithm>();
    for (int i = 0; i < n; i++) {
      var p = perf.getPointer(i);
      found.add(
          new Algorithm(
              p.algo(), p.status(), p.time(), p.memory(), p.determinism() == 1, p.mathType()));
    }
    return found;
  }

  private static List<Algorithm> algorithms(cudnnConvolutionBwdDataAlgoPerf_t perf, int n) {
    var found = new ArrayList<Algorithm>();
    for (int i = 0; i < n; i++) {
      var p = perf.getPointer(i);
      found.add(
          new Algorithm(
              p.algo(), p.status(), p.time(), p.memory(), p.determinism() == 1, p.mathType()));
    }
    return found;
  }

  private static List<Algorithm> algorithms(cudnnConvolutionBwdFilterAlgoPerf_t perf, int n) {
    var found = new ArrayList<Algorithm>();
    for (int i = 0; i < n; i++) {
      var p = perf.getPointer(i);
      found.add(
          new Algorithm(
              p.algo(), p.status(), p.time(), p.memory(), p.determinism() == 1, p.mathType()));
    }
    return found;
  }

  @Override
  public void close() {
    gpu.activate();
    check(cudnn.cudnnDestroy(handle), "cudnnDestroy");
  }
}

package io.gluonj.cuda.dnn;

import static io.gluonj.cuda.binding.Addresses.jcuda;
import static io.gluonj.cuda.dnn.ConvolutionShape.array;
import static io.gluonj.cuda.dnn.ConvolutionShape.strides;

import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.JCudaNatives;
import io.gluonj.cuda.binding.Addresses;
import io.gluonj.cuda.binding.Binding;
import io.gluonj.cuda.binding.BindingException;
import io.gluonj.cuda.binding.LibraryFiles;
import io.gluonj.natives.NativeArtifact;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jcuda.Pointer;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionBwdFilterAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionFwdAlgoPerf;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnTensorDescriptor;
import jcuda.runtime.cudaStream_t;

/** cuDNN 8 by JCudnn. */
final class JCudnnDnn implements Dnn {
  private final Gpu gpu;
  private final cudnnHandle handle = new cudnnHandle();

  private JCudnnDnn(Gpu gpu) {
    this.gpu = gpu;
    gpu.activate();
    check(JCudnn.cudnnCreate(handle), "cudnnCreate on " + gpu);
    check(JCudnn.cudnnSetStream(handle, new cudaStream_t(gpu.compute().raw())), "cudnnSetStream");
  }

  /** Loads the library and its binding. */
  static Binding.Loaded<Gpu, Optional<Dnn>> load(LibraryFiles files) throws BindingException {
    String found = files.open("libcudnn.so.8", CudnnFunctions.ALL);
    JCudaNatives.load(NativeArtifact.JCUDNN, JCudnn::initialize);
    JCudnn.setExceptionsEnabled(false);
    return new Binding.Loaded<>(
        found + ", cuDNN " + CudnnStatus.version(JCudnn.cudnnGetVersion()),
        gpu -> Optional.of(new JCudnnDnn(gpu)));
  }

  private static void check(int status, String call) {
    CudnnStatus.check(status, call, JCudnn::cudnnGetErrorString);
  }

  @Override
  public String title() {
    return "cuDNN " + CudnnStatus.version(JCudnn.cudnnGetVersion()) + " by JCudnn";
  }

  /** Descriptors of one convolution. */
  private record Descriptors(
      ConvolutionShape shape,
      cudnnTensorDescriptor x,
      cudnnFilterDescriptor w,
      cudnnTensorDescriptor y,
      cudnnTensorDescriptor bias,
      cudnnConvolutionDescriptor how)
      implements Convolution {
    @Override
    public void close() {
      check(JCudnn.cudnnDestroyConvolutionDescriptor(how), "cudnnDestroyConvolutionDescriptor");
      check(JCudnn.cudnnDestroyFilterDescriptor(w), "cudnnDestroyFilterDescriptor");
      check(JCudnn.cudnnDestroyTensorDescriptor(x), "cudnnDestroyTensorDescriptor");
      check(JCudnn.cudnnDestroyTensorDescriptor(y), "cudnnDestroyTensorDescriptor");
      check(JCudnn.cudnnDestroyTensorDescriptor(bias), "cudnnDestroyTensorDescriptor");
    }
  }

  @Override
  public Convolution describe(ConvolutionShape s) {
    var w = new cudnnFilterDescriptor();
    check(JCudnn.cudnnCreateFilterDescriptor(w), "cudnnCreateFilterDescriptor");
    check(
        JCudnn.cudnnSetFilterNdDescriptor(
            w, s.dataType(), CudnnFunctions.NCHW, s.w().size(), array(s.w())),
        "cudnnSetFilterNdDescriptor of " + s.w());
    var how = new cudnnConvolutionDescriptor();
    check(JCudnn.cudnnCreateConvolutionDescriptor(how), "cudnnCreateConvolutionDescriptor");
    check(
        JCudnn.cudnnSetConvolutionNdDescriptor(
            how,
            s.pad().size(),
            array(s.pad()),
            array(s.stride()),
            array(s.dilation()),
            CudnnFunctions.CROSS_CORRELATION,
            s.computeType()),
        "cudnnSetConvolutionNdDescriptor of " + s);
    check(JCudnn.cudnnSetConvolutionGroupCount(how, s.groups()), "cudnnSetConvolutionGroupCount");
    check(JCudnn.cudnnSetConvolutionMathType(how, s.mathType()), "cudnnSetConvolutionMathType");
    return new Descriptors(s, tensor(s, s.x()), w, tensor(s, s.y()), tensor(s, s.bias()), how);
  }

  private static cudnnTensorDescriptor tensor(ConvolutionShape s, List<Integer> extents) {
    var tensor = new cudnnTensorDescriptor();
    check(JCudnn.cudnnCreateTensorDescriptor(tensor), "cudnnCreateTensorDescriptor");
    check(
        JCudnn.cudnnSetTensorNdDescriptor(
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
        var perf = forward(n);
        check(
            JCudnn.cudnnGetConvolutionForwardAlgorithm_v7(
                handle, d.x(), d.w(), d.how(), d.y(), n, found, perf),
            "cudnnGetConvolutionForwardAlgorithm_v7");
        yield algorithms(perf, found[0]);
      }
      case BACKWARD_DATA -> {
        var perf = backwardData(n);
        check(
            JCudnn.cudnnGetConvolutionBackwardDataAlgorithm_v7(
                handle, d.w(), d.y(), d.how(), d.x(), n, found, perf),
            "cudnnGetConvolutionBackwardDataAlgorithm_v7");
        yield algorithms(perf, found[0]);
      }
      case BACKWARD_FILTER -> {
        var perf = backwardFilter(n);
        check(
            JCudnn.cudnnGetConvolutionBackwardFilterAlgorithm_v7(
                handle, d.x(), d.y(), d.how(), d.w(), n, found, perf),
            "cudnnGetConvolutionBackwardFilterAlgorithm_v7");
        yield algorithms(perf, found[0]);
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
    Pointer px = jcuda(x);
    Pointer pw = jcuda(w);
    Pointer py = jcuda(y);
    Pointer space = jcuda(workspace);
    return switch (pass) {
      case FORWARD -> {
        var perf = forward(n);
        check(
            JCudnn.cudnnFindConvolutionForwardAlgorithmEx(
                handle, d.x(), px, d.w(), pw, d.how(), d.y(), py, n, found, perf, space, bytes),
            "cudnnFindConvolutionForwardAlgorithmEx");
        yield algorithms(perf, found[0]);
      }
      case BACKWARD_DATA -> {
        var perf = backwardData(n);
        check(
            JCudnn.cudnnFindConvolutionBackwardDataAlgorithmEx(
                handle, d.w(), pw, d.y(), py, d.how(), d.x(), px, n, found, perf, space, bytes),
            "cudnnFindConvolutionBackwardDataAlgorithmEx");
        yield algorithms(perf, found[0]);
      }
      case BACKWARD_FILTER -> {
        var perf = backwardFilter(n);
        check(
            JCudnn.cudnnFindConvolutionBackwardFilterAlgorithmEx(
                handle, d.x(), px, d.y(), py, d.how(), d.w(), pw, n, found, perf, space, bytes),
            "cudnnFindConvolutionBackwardFilterAlgorithmEx");
        yield algorithms(perf, found[0]);
      }
    };
  }

  @Override
  public void convolve(
      Pass pass, Convolution convolution, Algorithm algorithm, long x, long w, long y, long at) {
    var d = (Descriptors) convolution;
    gpu.activate();
    check(
        JCudnn.cudnnSetConvolutionMathType(d.how(), algorithm.mathType()),
        "cudnnSetConvolutionMathType");
    Pointer one = jcuda(Addresses.scalar(1, d.shape().wide()));
    Pointer zero = jcuda(Addresses.scalar(0, d.shape().wide()));
    Pointer px = jcuda(x);
    Pointer pw = jcuda(w);
    Pointer py = jcuda(y);
    Pointer space = jcuda(at);
    int id = algorithm.id();
    long bytes = algorithm.workspace();
    String call = CudnnFunctions.of(pass);
    int status =
        switch (pass) {
          case FORWARD ->
              JCudnn.cudnnConvolutionForward(
                  handle, one, d.x(), px, d.w(), pw, d.how(), id, space, bytes, zero, d.y(), py);
          case BACKWARD_DATA ->
              JCudnn.cudnnConvolutionBackwardData(
                  handle, one, d.w(), pw, d.y(), py, d.how(), id, space, bytes, zero, d.x(), px);
          case BACKWARD_FILTER ->
              JCudnn.cudnnConvolutionBackwardFilter(
                  handle, one, d.x(), px, d.y(), py, d.how(), id, space, bytes, zero, d.w(), pw);
        };
    check(status, call);
    gpu.compute().enqueued(call);
  }

  @Override
  public void addBias(Convolution convolution, long bias, long y) {
    var d = (Descriptors) convolution;
    gpu.activate();
    Pointer one = jcuda(Addresses.scalar(1, d.shape().wide()));
    check(
        JCudnn.cudnnAddTensor(handle, one, d.bias(), jcuda(bias), one, d.y(), jcuda(y)),
        "cudnnAddTensor");
    gpu.compute().enqueued("cudnnAddTensor");
  }

  /** JCudnn fills objects that are there. */
  private static cudnnConvolutionFwdAlgoPerf[] forward(int n) {
    return Stream.generate(cudnnConvolutionFwdAlgoPerf::new)
        .limit(n)
        .toArray(cudnnConvolutionFwdAlgoPerf[]::new);
  }

  private static cudnnConvolutionBwdDataAlgoPerf[] backwardData(int n) {
    return Stream.generate(cudnnConvolutionBwdDataAlgoPerf::new)
        .limit(n)
        .toArray(cudnnConvolutionBwdDataAlgoPerf[]::new);
  }

  private static cudnnConvolutionBwdFilterAlgoPerf[] backwardFilter(int n) {
    return Stream.generate(cudnnConvolutionBwdFilterAlgoPerf::new)
        .limit(n)
        .toArray(cudnnConvolutionBwdFilterAlgoPerf[]::new);
  }

  private static List<Algorithm> algorithms(cudnnConvolutionFwdAlgoPerf[] perf, int n) {
    return IntStream.range(0, n)
        .mapToObj(i -> perf[i])
        .map(p -> new Algorithm(p.algo, p.status, p.time, p.memory, p.determinism == 1, p.mathType))
        .toList();
  }

  private static List<Algorithm> algorithms(cudnnConvolutionBwdDataAlgoPerf[] perf, int n) {
    return IntStream.range(0, n)
        .mapToObj(i -> perf[i])
        .map(p -> new Algorithm(p.algo, p.status, p.time, p.memory, p.determinism == 1, p.mathType))
        .toList();
  }

  private static List<Algorithm> algorithms(cudnnConvolutionBwdFilterAlgoPerf[] perf, int n) {
    return IntStream.range(0, n)
        .mapToObj(i -> perf[i])
        .map(p -> new Algorithm(p.algo, p.status, p.time, p.memory, p.determinism == 1, p.mathType))
        .toList();
  }

  @Override
  public void close() {
    gpu.activate();
    check(JCudnn.cudnnDestroy(handle), "cudnnDestroy");
  }
}

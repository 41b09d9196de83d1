package io.gluonj.backend.cuda;

import io.gluonj.codegen.ConvolutionPlan;
import io.gluonj.codegen.ConvolutionPlan.Place;
import io.gluonj.codegen.GpuConvolution;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.cuda.blas.Product;
import io.gluonj.cuda.dnn.Algorithm;
import io.gluonj.cuda.dnn.AlgorithmChoice;
import io.gluonj.cuda.dnn.ConvolutionShape;
import io.gluonj.cuda.dnn.Dnn;
import io.gluonj.cuda.dnn.Pass;
import io.gluonj.op.Conv;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** Convolutions by cuDNN where it loads and knows them, else as matrix products. */
final class ConvolutionKernels {
  private static final System.Logger LOG = System.getLogger(ConvolutionKernels.class.getName());

  private final CudaCompiler compiler;
  private final ProductKernels products;
  private final Optional<Library> library;
  private final ReentrantLock lock;
  private final long workspace = AlgorithmChoice.statedWorkspace();

  /** cuDNN and how its algorithms are chosen. */
  record Library(Dnn dnn, AlgorithmChoice choice) {}

  /** By own kernels. */
  ConvolutionKernels(CudaCompiler compiler, ProductKernels products) {
    this(compiler, products, Optional.empty(), new ReentrantLock());
  }

  /**
   * By cuDNN where there is one.
   *
   * @param lock held while cuDNN is asked
   */
  ConvolutionKernels(
      CudaCompiler compiler,
      ProductKernels products,
      Optional<Library> library,
      ReentrantLock lock) {
    this.compiler = compiler;
    this.products = products;
    this.library = library;
    this.lock = lock;
  }

  /** One of the three products, and where x, w and y of {@link Pass} lie. */
  private record Task(
      Pass pass, Window window, long groups, Shape data, Shape weight, DType type) {}

  /** Adds {@link Conv}; places are those of data, weight, the bias if there is one, result. */
  void forward(
      KernelSteps steps, Conv op, Shape data, Shape weight, DType type, List<Place> places) {
    var task = new Task(Pass.FORWARD, op.window(), op.groups(), data, weight, type);
    List<Place> xwy = List.of(places.get(0), places.get(1), places.getLast());
    Optional<Dnn.Convolution> done = byLibrary(steps, task, xwy);
    if (done.isEmpty()) {
      add(steps, GpuConvolution.forward(op, data, weight, type, workspace), places);
    } else if (op.bias()) {
      steps.work(
          at -> library.orElseThrow().dnn().addBias(done.get(), at[0], at[1]),
          List.of(places.get(2), places.getLast()));
    }
  }

  /** Adds {@link Conv.GradData}; places are those of weight, dy and the gradient. */
  void gradData(KernelSteps steps, Conv.GradData op, Shape weight, DType type, List<Place> places) {
    var task = new Task(Pass.BACKWARD_DATA, op.window(), op.groups(), op.data(), weight, type);
    List<Place> xwy = List.of(places.get(2), places.get(0), places.get(1));
    if (byLibrary(steps, task, xwy).isEmpty()) {
      add(steps, GpuConvolution.gradData(op, weight, type, workspace), places);
    }
  }

  /** Adds {@link Conv.GradWeight}; places are those of data, dy and the gradient. */
  void gradWeight(
      KernelSteps steps, Conv.GradWeight op, Shape data, DType type, List<Place> places) {
    var task = new Task(Pass.BACKWARD_FILTER, op.window(), op.groups(), data, op.weight(), type);
    List<Place> xwy = List.of(places.get(0), places.get(2), places.get(1));
    if (byLibrary(steps, task, xwy).isEmpty()) {
      add(steps, GpuConvolution.gradWeight(op, data, type, workspace), places);
    }
  }

  /** The convolution that was added, or nothing if cuDNN is not there or does not know it. */
  private Optional<Dnn.Convolution> byLibrary(KernelSteps steps, Task task, List<Place> xwy) {
    if (library.isEmpty() || task.data().size() == 0 || task.weight().size() == 0) {
      return Optional.empty();
    }
    Optional<String> refusal =
        ConvolutionShape.refusal(task.window(), task.data(), task.weight(), task.type());
    if (refusal.isPresent()) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", task, refusal.get());
      return Optional.empty();
    }
    Dnn dnn = library.get().dnn();
    lock.lock();
    try {
      Dnn.Convolution convolution =
          dnn.describe(
              ConvolutionShape.of(
                  task.window(),
                  task.groups(),
                  task.data(),
                  task.weight(),
                  task.type(),
                  products.precision()));
      Optional<Algorithm> chosen = library.get().choice().choose(task.pass(), convolution);
      if (chosen.isEmpty()) {
        convolution.close();
        LOG.log(
            System.Logger.Level.INFO,
            "{0} of {1} by own kernels: cuDNN has no deterministic algorithm within {2} bytes",
            task.pass(),
            task.data(),
            workspace);
        return Optional.empty();
      }
      enqueue(steps, dnn, task.pass(), convolution, chosen.get(), xwy);
      return Optional.of(convolution);
    } finally {
      lock.unlock();
    }
  }

  private static void enqueue(
      KernelSteps steps,
      Dnn dnn,
      Pass pass,
      Dnn.Convolution convolution,
      Algorithm algorithm,
      List<Place> xwy) {
    if (algorithm.workspace() == 0) {
      steps.work(at -> dnn.convolve(pass, convolution, algorithm, at[0], at[1], at[2], 0), xwy);
    } else {
      var places = new ArrayList<>(xwy);
      places.add(steps.scratch(algorithm.workspace()));
      steps.work(
          at -> dnn.convolve(pass, convolution, algorithm, at[0], at[1], at[2], at[3]), places);
    }
  }

  /** A plan of generated kernels and matrix products, for operands at these places. */
  private void add(KernelSteps steps, ConvolutionPlan plan, List<Place> places) {
    Place scratch = steps.scratch(plan.scratchBytes());
    for (ConvolutionPlan.Step step : plan.steps()) {
      switch (step) {
        case ConvolutionPlan.Kernel(GpuKernels.Launch launch, List<Long> offsets) -> {
          var at = new ArrayList<Place>();
          for (int i = 0; i < offsets.size(); i++) {
            at.add(moved(new Place(launch.operands().get(i), offsets.get(i)), places, scratch));
          }
          List<Integer> numbered = IntStream.range(0, offsets.size()).boxed().toList();
          var alone =
              new GpuKernels.Launch(launch.function(), numbered, launch.blocks(), launch.threads());
          steps.add(compiler.kernel(new GpuKernels(plan.ir(), List.of(alone), 0)), at);
        }
        case ConvolutionPlan.Gemm g ->
            products.add(
                steps,
                new Product(
                    g.transposeA(),
                    g.transposeB(),
                    g.m(),
                    g.n(),
                    g.k(),
                    g.batch(),
                    g.strideA(),
                    g.strideB(),
                    g.strideC(),
                    g.beta(),
                    g.type(),
                    g.result(),
                    products.precision()),
                List.of(
                    moved(g.a(), places, scratch),
                    moved(g.b(), places, scratch),
                    moved(g.c(), places, scratch)));
      }
    }
  }

  private static Place moved(Place place, List<Place> places, Place scratch) {
    Place base = place.operand() == GpuKernels.SCRATCH ? scratch : places.get(place.operand());
    return new Place(base.operand(), base.offset() + place.offset());
  }
}

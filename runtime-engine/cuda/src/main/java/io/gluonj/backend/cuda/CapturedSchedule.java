package io.gluonj.backend.cuda;

import io.gluonj.backend.Schedule;
import io.gluonj.cuda.Cuda;
import io.gluonj.cuda.CudaException;
import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.GpuGraph;
import java.lang.ref.Cleaner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues kernels one after another, and where the same addresses come again, replays all of them
 * as one CUDA graph: one call of the driver in place of one for each kernel. Returns before they
 * have finished.
 */
final class CapturedSchedule implements Schedule, Replay.Work<GpuGraph> {
  /** System property: {@code off} launches each kernel by itself. */
  static final String GRAPHS = "gluonj.cuda.graphs";

  /** Below this a graph saves nothing. */
  private static final int FEWEST_KERNELS = 3;

  private static final System.Logger LOG = System.getLogger(CapturedSchedule.class.getName());
  private static final Cleaner CLEANER = Cleaner.create();

  private final CudaDevice device;
  private final Gpu gpu;
  private final List<Step> steps;
  private final @Nullable Replay<GpuGraph> replay;

  CapturedSchedule(CudaDevice device, List<Step> steps) {
    this.device = device;
    this.gpu = device.gpu();
    this.steps = List.copyOf(steps);
    this.replay = worthCapturing(steps) ? new Replay<>(GpuGraph::close) : null;
    if (replay != null) {
      CLEANER.register(this, replay::destroyAll);
    }
  }

  private static boolean worthCapturing(List<Step> steps) {
    return steps.size() >= FEWEST_KERNELS
        && !Cuda.synchronous()
        && !System.getProperty(GRAPHS, "on").equals("off")
        && steps.stream().allMatch(s -> s.kernel() instanceof CudaKernel k && k.capturable());
  }

  @Override
  public void run(long[][] addresses) {
    device.enqueue(
        addresses,
        () -> {
          if (replay == null) {
            enqueue(addresses);
          } else {
            replay.run(this, addresses);
          }
        });
  }

  @Override
  public void enqueue(long[][] addresses) {
    for (int i = 0; i < addresses.length; i++) {
      Step step = steps.get(i);
      gpu.log().operator(step.label());
      step.kernel().run(addresses[i]);
    }
    gpu.log().operator("");
  }

  @Override
  public @Nullable GpuGraph capture(long[][] addresses) {
    gpu.compute().beginCapture();
    try {
      enqueue(addresses);
    } catch (CudaException refused) {
      gpu.compute().abandonCapture();
      return uncaptured(refused); // enqueued step by step instead, where a real fault shows again
    } catch (RuntimeException | Error e) {
      gpu.compute().abandonCapture();
      throw e;
    }
    try {
      return gpu.compute().endCapture();
    } catch (CudaException refused) {
      return uncaptured(refused);
    }
  }

  private static @Nullable GpuGraph uncaptured(CudaException refused) {
    LOG.log(System.Logger.Level.DEBUG, "a plan cannot be captured", refused);
    return null;
  }

  @Override
  public void replay(GpuGraph captured) {
    gpu.log().operator(steps.getFirst().label() + " to " + steps.getLast().label());
    gpu.compute().launch(captured);
    gpu.log().operator("");
  }

  /** How many graphs were captured; 0 if that is off. */
  int captures() {
    return replay == null ? 0 : replay.captures();
  }

  /** How many runs were one call of the driver. */
  int replays() {
    return replay == null ? 0 : replay.replays();
  }
}

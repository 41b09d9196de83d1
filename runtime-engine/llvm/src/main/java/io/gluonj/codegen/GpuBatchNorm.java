package io.gluonj.codegen;

import io.gluonj.op.BatchNormTraining;
import io.gluonj.types.DType;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.function.Consumer;

/**
 * Batch normalization in training mode as GPU kernels, as {@link BatchNormTraining} defines it.
 *
 * <p>The elements of a channel are shared by several blocks, where they are many; a block sums its
 * share by halves in shared memory, and whoever needs the total adds the blocks' sums in order.
 * Nothing is added atomically. The variance takes a pass of its own after the mean, so that float32
 * does not cancel. Three launches forward, two backward.
 */
public final class GpuBatchNorm {
  private static final String X = "%x";
  private static final String DY = "%dy";
  private static final String SCRATCH = "%scratch";

  /** A block with fewer elements is not worth its launch. */
  private static final long ELEMENTS_PER_BLOCK = 4096;

  /** Blocks that fill every GPU. */
  private static final long ENOUGH_BLOCKS = 1024;

  private final long batch;
  private final long channels;
  private final long plane;
  private final DType type;
  private final DType sums;
  private final long shares;
  private final int threads;
  private final Grid grid;

  private GpuBatchNorm(TensorType x) {
    this.batch = x.shape().dim(0);
    this.channels = x.shape().dim(1);
    this.plane = x.shape().sizeFrom(2);
    this.type = x.dtype();
    this.sums = GpuCode.computing(type) == FloatType.F64 ? DType.FLOAT64 : DType.FLOAT32;
    long wanted = Math.ceilDiv(count(), ELEMENTS_PER_BLOCK);
    long useful = Math.ceilDiv(ENOUGH_BLOCKS, Math.max(1, channels));
    this.shares = Math.clamp(wanted, 1, useful);
    this.threads = Grid.threadsFor(Math.ceilDiv(count(), shares));
    this.grid = Grid.blocks(channels * shares, threads);
  }

  private long count() {
    return batch * plane;
  }

  /**
   * Kernels of the forward computation: operands are data, gamma, beta, the result, mean and
   * variance.
   *
   * @param x type of data and result
   * @param statistics element type of gamma, beta, mean and variance
   */
  public static GpuKernels forward(BatchNormTraining op, TensorType x, DType statistics) {
    return new GpuBatchNorm(x).forward(op.eps(), statistics);
  }

  /**
   * Kernels of the gradients: operands are data, mean, variance, gamma, dy and the gradients of
   * data, gamma and beta.
   *
   * @param x type of data, dy and the data's gradient
   * @param statistics element type of mean, variance, gamma and the latter gradients
   */
  public static GpuKernels grad(BatchNormTraining.Grad op, TensorType x, DType statistics) {
    return new GpuBatchNorm(x).grad(op.eps(), statistics);
  }

  private GpuKernels forward(double eps, DType statistics) {
    if (channels == 0) {
      return new GpuKernels("", List.of(), 0);
    }
    GpuModule module = new GpuModule();
    kernel(module, "batch_norm_sum", List.of(X), List.of(SCRATCH), this::sum);
    kernel(module, "batch_norm_squares", List.of(X), List.of(SCRATCH), this::squares);
    kernel(
        module,
        "batch_norm",
        List.of(X, "%gamma", "%beta", SCRATCH),
        List.of("%y", "%mean", "%var"),
        share -> share.normalize(eps, statistics));
    int scratch = GpuKernels.SCRATCH;
    return new GpuKernels(
        module.ir(),
        List.of(
            launch("batch_norm_sum", 0, scratch),
            launch("batch_norm_squares", 0, scratch),
            launch("batch_norm", 0, 1, 2, scratch, 3, 4, 5)),
        scratchBytes());
  }

  private GpuKernels grad(double eps, DType statistics) {
    if (channels == 0) {
      return new GpuKernels("", List.of(), 0);
    }
    GpuModule module = new GpuModule();
    kernel(
        module,
        "batch_norm_grad_sums",
        List.of(X, "%mean", "%var", DY),
        List.of(SCRATCH),
        share -> share.gradientSums(eps, statistics));
    kernel(
        module,
        "batch_norm_grad",
        List.of(X, "%mean", "%var", "%gamma", DY, SCRATCH),
        List.of("%dx", "%dgamma", "%dbeta"),
        share -> share.gradients(eps, statistics));
    int scratch = GpuKernels.SCRATCH;
    return new GpuKernels(
        module.ir(),
        List.of(
            launch("batch_norm_grad_sums", 0, 1, 2, 4, scratch),
            launch("batch_norm_grad", 0, 1, 2, 3, 4, scratch, 5, 6, 7)),
        scratchBytes());
  }

  private long scratchBytes() {
    return 2 * channels * shares * sums.bytes();
  }

  private GpuKernels.Launch launch(String function, Integer... operands) {
    return new GpuKernels.Launch(function, List.of(operands), grid.blocks(), grid.threads());
  }

  private void kernel(
      GpuModule module,
      String name,
      List<String> reads,
      List<String> writes,
      Consumer<Share> body) {
    long extent = Math.max(channels * count(), 2 * channels * shares) + grid.size();
    module.kernel(
        name,
        reads,
        writes,
        GpuCode.computing(type),
        extent,
        code -> code.eachBlock(grid, task -> body.accept(new Share(code, task))));
  }

  private void sum(Share share) {
    GpuCode.Local sum = share.code.sum();
    share.each(at -> share.code.accumulate(sum, share.load(X, at)));
    share.keep(0, share.code.get(sum));
  }

  private void squares(Share share) {
    GpuCode code = share.code;
    String mean = share.mean();
    GpuCode.Local sum = code.sum();
    share.each(at -> {
      String difference = code.floating("fsub", share.load(X, at), mean);
      code.accumulate(sum, code.floating("fmul", difference, difference));
    });
    share.keep(1, code.get(sum));
  }

  /** One block's elements of a channel. */
  private final class Share {
    private final GpuCode code;
    private final BlockSum total;
    private final String channel;
    private final String number;

    Share(GpuCode code, String task) {
      this.code = code;
      this.total = new BlockSum(code, "@batch_norm_shared", threads);
      this.channel = code.over(task, shares);
      this.number = code.modulo(task, shares);
    }

    /** Visits the positions of the share. */
    void each(Consumer<String> body) {
      long length = Math.ceilDiv(count(), shares);
      String begin = code.times(number, length);
      String end = code.min(code.add(begin, length), count());
      code.loop(
          code.add(begin, code.thread()),
          end,
          threads,
          i -> {
            String image = code.over(i, Math.max(1, plane));
            String within = code.modulo(i, Math.max(1, plane));
            String row = code.add(code.times(image, channels), channel);
            body.accept(code.add(code.times(row, plane), within));
          });
    }

    String load(String pointer, String position) {
      return code.load(type, pointer, position);
    }

    /** The sum over the block's threads to the scratch memory. */
    void keep(int which, String value) {
      String sum = total.of(value);
      code.when(
          code.compare("eq", code.thread(), "0"),
          () -> code.store(sums, SCRATCH, slot(which, number), sum));
    }

    private String slot(int which, String share) {
      String row = code.add(code.times(channel, shares), share);
      return code.add(row, which * channels * shares);
    }

    /** The sum over all shares of the channel. */
    private String whole(int which) {
      if (shares == 1) {
        return code.load(sums, SCRATCH, slot(which, "0"));
      }
      GpuCode.Local sum = code.sum();
      code.loop(
          code.thread(),
          String.valueOf(shares),
          threads,
          share -> code.accumulate(sum, code.load(sums, SCRATCH, slot(which, share))));
      return total.of(code.get(sum));
    }

    private String perElement(String sum) {
      return code.floating("fdiv", sum, code.constant((double) count()));
    }

    String mean() {
      return perElement(whole(0));
    }

    private String inverse(String var, double eps) {
      String shifted = code.floating("fadd", var, code.constant(eps));
      String root =
          code.call(
              code.compute().ir(),
              "llvm.sqrt." + code.compute().suffix(),
              code.compute().ir(),
              shifted);
      return code.floating("fdiv", code.constant(1), root);
    }

    /** Runs a body in one thread for each channel. */
    private void once(Runnable body) {
      String first = code.compare("eq", number, "0");
      code.when(code.and(first, code.compare("eq", code.thread(), "0")), body);
    }

    void normalize(double eps, DType statistics) {
      String mean = mean();
      String var = perElement(whole(1));
      once(() -> {
        code.store(statistics, "%mean", channel, mean);
        code.store(statistics, "%var", channel, var);
      });
      String gamma = code.load(statistics, "%gamma", channel);
      String beta = code.load(statistics, "%beta", channel);
      String scale = code.floating("fmul", inverse(var, eps), gamma);
      each(at -> {
        String centered = code.floating("fsub", load(X, at), mean);
        String scaled = code.floating("fmul", centered, scale);
        code.store(type, "%y", at, code.floating("fadd", scaled, beta));
      });
    }

    void gradientSums(double eps, DType statistics) {
      String mean = code.load(statistics, "%mean", channel);
      GpuCode.Local sumDy = code.sum();
      GpuCode.Local sumDyX = code.sum();
      each(at -> {
        String dy = load(DY, at);
        String centered = code.floating("fsub", load(X, at), mean);
        code.accumulate(sumDy, dy);
        code.accumulate(sumDyX, code.floating("fmul", dy, centered));
      });
      String inverse = inverse(code.load(statistics, "%var", channel), eps);
      keep(0, code.get(sumDy));
      keep(1, code.floating("fmul", code.get(sumDyX), inverse));
    }

    void gradients(double eps, DType statistics) {
      String sumDy = whole(0);
      String sumDyX = whole(1);
      once(() -> {
        code.store(statistics, "%dgamma", channel, sumDyX);
        code.store(statistics, "%dbeta", channel, sumDy);
      });
      String mean = code.load(statistics, "%mean", channel);
      String inverse = inverse(code.load(statistics, "%var", channel), eps);
      String scale = code.floating("fmul", code.load(statistics, "%gamma", channel), inverse);
      String meanDy = perElement(sumDy);
      String slope = code.floating("fmul", perElement(sumDyX), inverse);
      each(at -> {
        String centered = code.floating("fsub", load(X, at), mean);
        String left = code.floating("fsub", load(DY, at), meanDy);
        String rest = code.floating("fsub", left, code.floating("fmul", centered, slope));
        code.store(type, "%dx", at, code.floating("fmul", scale, rest));
      });
    }
  }
}

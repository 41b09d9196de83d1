package io.gluonj.codegen;

import io.gluonj.codegen.ConvolutionPlan.Gemm;
import io.gluonj.codegen.ConvolutionPlan.Place;
import io.gluonj.op.Conv;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Convolution on a GPU as matrix products over unrolled windows.
 *
 * <p>With C channels, F filters, g groups, T elements under the kernel, P positions of the result
 * in each plane and K = C/g T, one layout serves all three products: {@code columns} is (image,
 * channel, tap, position), so that the rows of one group are K by P matrices, one after another
 * through groups and images.
 *
 * <ul>
 *   <li>Forward: weight (F/g by K) times columns (K by P) is the result of one image and group,
 *       where it belongs; nothing is transposed.
 *   <li>Gradient of the data: weight' times dy (F/g by P) are columns, which each element of the
 *       data then gathers its share from.
 *   <li>Gradient of the weight: dy times columns' summed over images. Images are summed in several
 *       partial results at once, as many as keep a GPU busy without much memory, and those are
 *       added up in order at the end.
 * </ul>
 *
 * <p>Images are taken in chunks whose columns fit a limit, one image at least. A kernel of one
 * element with stride 1 and no padding needs no columns: the data are the columns. Nothing is added
 * atomically. float16 and bfloat16 keep float32 wherever sums are stored in between.
 */
public final class GpuConvolution {
  /** A limit for columns that lets large layers keep a large GPU busy: 256 MiB. */
  public static final long COLUMN_BYTES = 256L << 20;

  /** Partial gradients of a weight take at most this part of the columns' limit. */
  private static final long PARTIAL_SHARE = 8;

  private GpuConvolution() {}

  /** Whether there are kernels for data of this type: floating-point types. */
  public static boolean supports(DType type) {
    return type.isFloating();
  }

  /**
   * The plan of {@link Conv}: operands are data, weight, the bias if there is one, and the result.
   *
   * @param data shape of the data
   * @param weight shape of the weight
   * @param type of all operands
   * @param limit for the columns in scratch memory, in bytes, for example {@link #COLUMN_BYTES}
   */
  public static ConvolutionPlan forward(Conv op, Shape data, Shape weight, DType type, long limit) {
    Extents at = new Extents(op.window(), op.groups(), data, weight, type, limit);
    int result = op.bias() ? 3 : 2;
    ConvolutionSteps steps = new ConvolutionSteps(at);
    if (at.empty() || op.bias()) {
      long size = at.images() * at.filters() * at.positions();
      steps.fill(result, size, op.bias() ? 2 : ConvolutionSteps.NONE);
    }
    if (at.empty()) {
      return steps.plan();
    }
    for (Chunk chunk : at.chunks()) {
      Panel columns = at.columns(chunk, 0, type);
      if (!at.identity()) {
        steps.unroll(chunk, 0);
      }
      steps.products(
          chunk,
          new Factors(false, false, at.perGroup(), at.positions(), at.inner()),
          at.weights(1),
          columns,
          at.results(chunk, result),
          op.bias() ? 1 : 0,
          type);
    }
    return steps.plan();
  }

  /**
   * The plan of {@link Conv.GradData}: operands are weight, dy and the gradient.
   *
   * @param weight shape of the weight
   * @param type of all operands
   * @param limit for the columns in scratch memory, in bytes
   */
  public static ConvolutionPlan gradData(Conv.GradData op, Shape weight, DType type, long limit) {
    Extents at = new Extents(op.window(), op.groups(), op.data(), weight, type, limit);
    ConvolutionSteps steps = new ConvolutionSteps(at);
    if (at.empty()) {
      steps.fill(2, op.data().size(), ConvolutionSteps.NONE);
      return steps.plan();
    }
    DType sums = at.identity() ? type : at.wide();
    for (Chunk chunk : at.chunks()) {
      steps.products(
          chunk,
          new Factors(true, false, at.inner(), at.positions(), at.perGroup()),
          at.weights(0),
          at.results(chunk, 1),
          at.columns(chunk, 2, sums),
          0,
          sums);
      if (!at.identity()) {
        steps.gather(chunk, 2);
      }
    }
    return steps.plan();
  }

  /**
   * The plan of {@link Conv.GradWeight}: operands are data, dy and the gradient.
   *
   * @param data shape of the data
   * @param type of all operands
   * @param limit for the columns in scratch memory, in bytes
   */
  public static ConvolutionPlan gradWeight(Conv.GradWeight op, Shape data, DType type, long limit) {
    Extents at = new Extents(op.window(), op.groups(), data, op.weight(), type, limit);
    ConvolutionSteps steps = new ConvolutionSteps(at);
    if (at.empty()) {
      steps.fill(2, op.weight().size(), ConvolutionSteps.NONE);
      return steps.plan();
    }
    long slots = at.slots();
    boolean direct = slots == 1 && type == at.wide();
    Place sums = direct ? new Place(2, 0) : new Place(GpuKernels.SCRATCH, at.columnBytes());
    long weight = at.weight().size();
    for (Chunk chunk : at.chunks()) {
      if (!at.identity()) {
        steps.unroll(chunk, 0);
      }
      Panel columns = at.columns(chunk, 0, type);
      Panel dy = at.results(chunk, 1);
      for (long image = 0; image < chunk.images(); image += slots) {
        long images = Math.min(slots, chunk.images() - image);
        boolean first = chunk.first() + image == 0;
        steps.add(
            new Gemm(
                false,
                true,
                at.perGroup(),
                at.inner(),
                at.positions(),
                images * at.groups(),
                dy.at(image, 0),
                dy.group(),
                columns.at(image, 0),
                columns.group(),
                sums,
                weight / at.groups(),
                first ? 0 : 1,
                type,
                at.wide()));
      }
    }
    if (!direct) {
      steps.sum(sums, slots, 2);
    }
    return steps.plan();
  }

  /** Some consecutive images of the batch. */
  record Chunk(long first, long images) {}

  /** What is multiplied for one image and group. */
  record Factors(boolean transposeA, boolean transposeB, long m, long n, long k) {}

  /**
   * Where the matrices of images and groups lie.
   *
   * @param place of the first one
   * @param image elements from one image to the next
   * @param group elements from one group to the next
   * @param bytes of an element
   */
  record Panel(Place place, long image, long group, int bytes) {
    /** The matrix of an image and a group. */
    Place at(long i, long j) {
      return new Place(place.operand(), place.offset() + (i * image + j * group) * bytes);
    }
  }

  /** Shapes and the numbers that follow from them, with the names of the class comment. */
  record Extents(Window window, long groups, Shape data, Shape weight, DType type, long limit) {
    GpuWindow walk() {
      return new GpuWindow(window, data);
    }

    long images() {
      return data.dim(0);
    }

    long channels() {
      return data.dim(1);
    }

    long filters() {
      return weight.dim(0);
    }

    long perGroup() {
      return filters() / groups;
    }

    long positions() {
      return walk().outPlane();
    }

    long inner() {
      return weight.sizeFrom(1);
    }

    boolean identity() {
      return walk().identity();
    }

    /** Whether there is nothing to multiply. */
    boolean empty() {
      return data.size() == 0 || weight.size() == 0;
    }

    /** The type of sums that are stored in between. */
    DType wide() {
      return type == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
    }

    private long columnsOfImage() {
      return channels() * window.volume() * positions();
    }

    long chunk() {
      if (identity()) {
        return images();
      }
      return Math.clamp(limit / (columnsOfImage() * wide().bytes()), 1, images());
    }

    List<Chunk> chunks() {
      long step = chunk();
      return LongStream.iterate(0, i -> i < images(), i -> i + step)
          .mapToObj(i -> new Chunk(i, Math.min(step, images() - i)))
          .toList();
    }

    /** Bytes of the columns in scratch memory, a multiple of 256. */
    long columnBytes() {
      return identity() ? 0 : Math.ceilDiv(chunk() * columnsOfImage() * wide().bytes(), 256L) * 256;
    }

    /** How many partial gradients of the weight are summed at once. */
    long slots() {
      return Math.clamp(limit / PARTIAL_SHARE / (weight.size() * wide().bytes()), 1, chunk());
    }

    /** The weight as operand {@code operand}, the same for all images. */
    Panel weights(int operand) {
      return new Panel(new Place(operand, 0), 0, perGroup() * inner(), type.bytes());
    }

    /** The result or its gradient as operand {@code operand}. */
    Panel results(Chunk chunk, int operand) {
      return panel(chunk, operand, filters() * positions(), perGroup() * positions());
    }

    /** The columns: in scratch memory, or the data themselves as operand {@code operand}. */
    Panel columns(Chunk chunk, int operand, DType stored) {
      if (identity()) {
        return panel(chunk, operand, columnsOfImage(), inner() * positions());
      }
      return new Panel(
          new Place(GpuKernels.SCRATCH, 0),
          columnsOfImage(),
          inner() * positions(),
          stored.bytes());
    }

    private Panel panel(Chunk chunk, int operand, long image, long group) {
      long offset = chunk.first() * image * type.bytes();
      return new Panel(new Place(operand, offset), image, group, type.bytes());
    }
  }
}

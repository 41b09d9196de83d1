package io.gluonj.codegen;

import io.gluonj.codegen.ConvolutionPlan.Gemm;
import io.gluonj.codegen.ConvolutionPlan.Kernel;
import io.gluonj.codegen.ConvolutionPlan.Place;
import io.gluonj.codegen.ConvolutionPlan.Step;
import io.gluonj.codegen.GpuConvolution.Chunk;
import io.gluonj.codegen.GpuConvolution.Extents;
import io.gluonj.codegen.GpuConvolution.Factors;
import io.gluonj.codegen.GpuConvolution.Panel;
import io.gluonj.types.DType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** The steps of a convolution under construction, and the module of their kernels. */
final class ConvolutionSteps {
  /** No operand. */
  static final int NONE = -2;

  private static final String FROM = "%from";
  private static final String TO = "%to";

  private final Extents at;
  private final GpuModule module = new GpuModule();
  private final Set<String> written = new HashSet<>();
  private final List<Step> steps = new ArrayList<>();
  private long scratchBytes;

  ConvolutionSteps(Extents at) {
    this.at = at;
  }

  ConvolutionPlan plan() {
    return new ConvolutionPlan(steps.isEmpty() ? "" : module.ir(), steps, scratchBytes);
  }

  void add(Step step) {
    steps.add(step);
  }

  /**
   * Adds the products of a chunk of images and all groups: one call over the images for each group,
   * or one over the groups for each image, whichever is fewer.
   */
  void products(
      Chunk chunk, Factors factors, Panel a, Panel b, Panel c, double beta, DType result) {
    if (at.groups() <= chunk.images()) {
      for (long j = 0; j < at.groups(); j++) {
        add(
            gemm(
                factors,
                chunk.images(),
                a.at(0, j),
                a.image(),
                b.at(0, j),
                b.image(),
                c.at(0, j),
                c.image(),
                beta,
                result));
      }
    } else {
      for (long i = 0; i < chunk.images(); i++) {
        add(
            gemm(
                factors,
                at.groups(),
                a.at(i, 0),
                a.group(),
                b.at(i, 0),
                b.group(),
                c.at(i, 0),
                c.group(),
                beta,
                result));
      }
    }
  }

  private Gemm gemm(
      Factors f,
      long batch,
      Place a,
      long strideA,
      Place b,
      long strideB,
      Place c,
      long strideC,
      double beta,
      DType result) {
    return new Gemm(
        f.transposeA(),
        f.transposeB(),
        f.m(),
        f.n(),
        f.k(),
        batch,
        a,
        strideA,
        b,
        strideB,
        c,
        strideC,
        beta,
        at.type(),
        result);
  }

  /** Data of a chunk to columns in scratch memory; one thread for each channel and position. */
  void unroll(Chunk chunk, int data) {
    GpuWindow window = at.walk();
    long positions = window.outPlane();
    long taps = at.window().volume();
    long planes = chunk.images() * at.channels();
    Place from = image(data, chunk, window);
    kernel(
        "im2col" + chunk.images(),
        Grid.of(planes * positions),
        Math.max(planes * window.inPlane(), planes * taps * positions),
        List.of(from),
        new Place(GpuKernels.SCRATCH, 0),
        (code, i) -> {
          String plane = code.over(i, positions);
          String position = code.modulo(i, positions);
          String data0 = code.times(plane, window.inPlane());
          String column0 = code.add(code.times(plane, taps * positions), position);
          window.taps(
              code,
              position,
              (x, tap, inside) -> {
                GpuCode.Local value = code.sum();
                code.when(
                    inside, () -> code.set(value, code.load(at.type(), FROM, code.add(data0, x))));
                String to = code.add(column0, code.times(tap, positions));
                code.store(at.type(), TO, to, code.get(value));
              });
        });
  }

  /** Columns in scratch memory to the data they came from, summed where windows overlap. */
  void gather(Chunk chunk, int data) {
    GpuWindow window = at.walk();
    long positions = window.outPlane();
    long taps = at.window().volume();
    long planes = chunk.images() * at.channels();
    kernel(
        "col2im" + chunk.images(),
        Grid.of(planes * window.inPlane()),
        Math.max(planes * window.inPlane(), planes * taps * positions),
        List.of(new Place(GpuKernels.SCRATCH, 0)),
        image(data, chunk, window),
        (code, i) -> {
          String plane = code.over(i, window.inPlane());
          String base = code.times(plane, taps * positions);
          GpuCode.Local sum = code.sum();
          window.windows(
              code,
              code.modulo(i, window.inPlane()),
              (result, tap, inside) ->
                  code.when(
                      inside,
                      () -> {
                        String column = code.add(code.times(tap, positions), result);
                        code.accumulate(sum, code.load(at.wide(), FROM, code.add(base, column)));
                      }));
          code.store(at.type(), TO, i, code.get(sum));
        });
  }

  private Place image(int operand, Chunk chunk, GpuWindow window) {
    long elements = chunk.first() * at.channels() * window.inPlane();
    return new Place(operand, elements * at.type().bytes());
  }

  /** Each filter's bias, or 0 without one, to the whole output. */
  void fill(int output, long count, int bias) {
    if (count == 0) {
      return;
    }
    long positions = at.positions();
    kernel(
        "fill",
        Grid.of(count),
        count,
        bias == NONE ? List.of() : List.of(new Place(bias, 0)),
        new Place(output, 0),
        (code, i) -> {
          String filter = code.modulo(code.over(i, positions), at.filters());
          String value = bias == NONE ? code.constant(0) : code.load(at.type(), FROM, filter);
          code.store(at.type(), TO, i, value);
        });
  }

  /** Partial gradients of the weight to their sum, in order. */
  void sum(Place partials, long slots, int output) {
    long size = at.weight().size();
    scratchBytes = Math.max(scratchBytes, partials.offset() + slots * size * at.wide().bytes());
    kernel(
        "sum",
        Grid.of(size),
        slots * size,
        List.of(partials),
        new Place(output, 0),
        (code, i) -> {
          GpuCode.Local sum = code.sum();
          code.loop(
              slots,
              slot -> {
                String from = code.add(code.times(slot, size), i);
                code.accumulate(sum, code.load(at.wide(), FROM, from));
              });
          code.store(at.type(), TO, i, code.get(sum));
        });
  }

  /** Adds a launch, and its kernel unless one of that name is there. */
  private void kernel(
      String name,
      Grid grid,
      long extent,
      List<Place> from,
      Place to,
      BiConsumer<GpuCode, String> body) {
    if (written.add(name)) {
      module.kernel(
          name,
          from.isEmpty() ? List.of() : List.of(FROM),
          List.of(TO),
          GpuCode.computing(at.type()),
          extent + grid.size(),
          code -> code.each(grid, i -> body.accept(code, i)));
    }
    var places = new ArrayList<>(from);
    places.add(to);
    List<Integer> operands = places.stream().map(Place::operand).toList();
    List<Long> offsets = places.stream().map(Place::offset).toList();
    add(new Kernel(new GpuKernels.Launch(name, operands, grid.blocks(), grid.threads()), offsets));
    if (operands.contains(GpuKernels.SCRATCH)) {
      scratchBytes = Math.max(scratchBytes, at.columnBytes());
    }
  }
}

package io.gluonj.codegen;

import io.gluonj.types.DType;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A {@link Contraction} for the processor, in the order of loops by Goto and van de Geijn (Anatomy
 * of High-Performance Matrix Multiplication, TOMS 2008): blocks of columns, blocks of the depth
 * whose columns are packed, blocks of rows that are packed to stay in the second-level cache, and
 * tiles that stay in registers.
 *
 * <p>A unit of work is the share of one thread. Each packs what it needs into a part of the scratch
 * memory of its own, so threads do not wait for each other; what several threads pack is small
 * against their products.
 *
 * <p>The code is the same for contractions that differ in extents and strides only: it reads them
 * from memory. So a program with many products compiles one.
 *
 * @param loops the code; its operands are the inputs, the result, the scratch memory, then the
 *     numbers
 * @param scratchBytes size of the scratch memory
 * @param numbers what the last operand holds
 */
public record HostContraction(HostLoops loops, long scratchBytes, List<Long> numbers) {
  public HostContraction {
    numbers = List.copyOf(numbers);
  }

  private static final Map<Form, String> TEXTS = new ConcurrentHashMap<>();
  private static final Map<Form, String> PACKING_TEXTS = new ConcurrentHashMap<>();

  /** What one thread reaches, to decide whether others are woken up. */
  private static final double FLOPS_PER_NANOSECOND = 60;

  private static final double PACKED_PER_NANOSECOND = 2;

  /**
   * Writes the code. It computes in float64 for factors of that type, else in float32, which is
   * also the type of the result and of the bias.
   *
   * @param in types of the inputs
   * @param packed whether the columns' operand holds what {@link #packing} makes of them
   * @param vectorBits width of the processor's vectors
   * @param threads how many shares the work has
   */
  public static HostContraction of(
      Contraction given, List<TensorType> in, boolean packed, int vectorBits, int threads) {
    Plan plan = Plan.of(given, in, packed, vectorBits, threads);
    String text =
        TEXTS.computeIfAbsent(plan.form(), f -> new ContractionCode(f, plan.names()).write());
    ContractionBlocks blocks = plan.blocks();
    return new HostContraction(
        new HostLoops(text, blocks.shares(), given.flops() / FLOPS_PER_NANOSECOND),
        blocks.shareBytes() * blocks.shares(),
        plan.numbers().values());
  }

  /**
   * Writes the code that packs the columns of one product for all blocks. Its operands are the
   * inputs, the packed columns, nothing, then the numbers.
   */
  public static HostContraction packing(
      Contraction given, List<TensorType> in, int vectorBits, int threads) {
    Plan plan = Plan.of(given, in, false, vectorBits, threads);
    String text =
        PACKING_TEXTS.computeIfAbsent(
            plan.form(), f -> new ContractionCode(f, plan.names()).writePacking());
    long units = plan.columnBlocks() * plan.columnPanels();
    double nanoseconds =
        (double) given.columns().size() * given.depthSize() / PACKED_PER_NANOSECOND;
    return new HostContraction(new HostLoops(text, units, nanoseconds), 0, plan.numbers().values());
  }

  /** Size of the packed columns of one product. */
  public static long packedBytes(
      Contraction given, List<TensorType> in, int vectorBits, int threads) {
    Plan plan = Plan.of(given, in, true, vectorBits, threads);
    long block = plan.blocks().depth() * plan.form().tile().columns() * plan.form().type().bytes();
    return plan.columnBlocks() * plan.columnPanels() * block + Packing.SLACK_BYTES;
  }

  /** How a contraction is computed. */
  private record Plan(
      Contraction given, Form form, ContractionBlocks blocks, ContractionNumbers numbers) {
    static Plan of(
        Contraction given, List<TensorType> in, boolean packed, int vectorBits, int threads) {
      DType stored = in.get(given.rows().operand()).dtype();
      FloatType type = stored == DType.FLOAT64 ? FloatType.F64 : FloatType.F32;
      Tile tile = Tile.of(vectorBits, type);
      ContractionBlocks blocks = ContractionBlocks.of(given, type, tile, threads);
      Form form =
          new Form(
              Packing.Form.of(given.rows(), stored),
              Packing.Form.of(given.columns(), in.get(given.columns().operand()).dtype()),
              given.bias(),
              given.finish().residual(),
              !given.finish().equals(Contraction.Finish.NOTHING),
              in.size(),
              packed,
              type,
              tile);
      return new Plan(given, form, blocks, ContractionNumbers.of(given, blocks));
    }

    List<String> names() {
      return numbers.names();
    }

    long columnBlocks() {
      return Math.ceilDiv(given.depthSize(), blocks.depth());
    }

    long columnPanels() {
      return given.columns().panels(form.tile().columns());
    }
  }

  /**
   * What the code depends on. There are few forms in a program.
   *
   * @param bias number of the input that sums begin with, or {@link Contraction#NONE}
   * @param residual number of the input that is added to sums, or {@link Contraction#NONE}
   * @param finishes whether sums are changed before they are stored
   * @param inputs number of inputs
   * @param packed whether columns are packed already
   */
  record Form(
      Packing.Form rows,
      Packing.Form columns,
      int bias,
      int residual,
      boolean finishes,
      int inputs,
      boolean packed,
      FloatType type,
      Tile tile) {}
}

package io.gluonj.codegen;

import io.gluonj.codegen.Contraction.Factor;
import io.gluonj.types.DType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings part of a factor into panels, in which a {@link MicroKernel} reads ahead in memory: for
 * each step along the depth, {@code width} elements of the factor's own index.
 *
 * <p>A panel holds part of one run of the factor's innermost axis, so a step along the depth is
 * inside of all borders for a whole panel or for none of it. Where a run ends within a panel, what
 * the other places hold is not defined: it is multiplied, and not stored.
 *
 * @param side prefix of the factor's numbers
 * @param form of the factor
 * @param names of all numbers
 * @param lanes elements of a vector
 */
record Packing(String side, Form form, FloatType type, int width, int lanes, List<String> names) {
  /** Packing may write beyond the last panel by less than a vector of so many bytes. */
  static final long SLACK_BYTES = 64;

  /**
   * What the code for a factor depends on, besides numbers.
   *
   * @param operand number of the input
   * @param stored type of the elements in memory
   * @param groups number of outer axes of its own index
   * @param depth number of axes of the common index
   * @param borders number of its borders
   * @param moves whether a step along the fastest axis of the common index may cross a border
   * @param scattered whether elements of a panel may lie anywhere
   */
  record Form(
      int operand,
      DType stored,
      int groups,
      int depth,
      int borders,
      boolean moves,
      boolean scattered) {
    static Form of(Factor factor, DType stored) {
      return new Form(
          factor.operand(),
          stored,
          factor.groups().size(),
          factor.depth().size(),
          factor.borders().size(),
          factor.depth().getLast().border() != Contraction.NONE,
          factor.scattered());
    }
  }

  /**
   * Adds the function {@code @pack_<side>(source, panel, number, from, to, numbers)}, which packs
   * steps {@code from} to {@code to} of one panel.
   */
  void define(Set<String> module) {
    IrWriter out = new IrWriter(module);
    out.asWritten();
    if (form.scattered()) {
      new ScatteredPacking(this, out).write();
    } else {
      new RunPacking(this, out).write();
    }
    module.add(
        "define internal void @pack_"
            + side
            + "(ptr noalias readonly %source, ptr noalias %panel, i64 %number, i64 %from, i64 %to,"
            + " ptr noalias readonly %numbers) #1 {\nentry:\n"
            + out
            + "  ret void\n}\n");
  }

  /** Loads numbers at the beginning of a function. */
  static Map<String, String> load(IrWriter out, List<String> names) {
    var loaded = new HashMap<String, String>();
    for (int i = 0; i < names.size(); i++) {
      String at = out.value("getelementptr inbounds i64, ptr %numbers, i64 " + i);
      loaded.put(names.get(i), out.value("load i64, ptr " + at));
    }
    return loaded;
  }

  /** How many elements of a panel exist. */
  static String valid(IrWriter out, String extent, String inRun, int width) {
    String before = out.value("mul nuw nsw i64 " + inRun + ", " + width);
    String rest = out.value("sub nsw i64 " + extent + ", " + before);
    return out.call("i64", "llvm.smin.i64", "i64", rest, String.valueOf(width));
  }
}

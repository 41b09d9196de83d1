package io.gluonj.codegen;

import io.gluonj.codegen.Contraction.Axis;
import io.gluonj.codegen.Contraction.Border;
import io.gluonj.codegen.Contraction.Factor;
import io.gluonj.codegen.Contraction.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the code of a contraction is told when it runs: extents, strides, the sizes of blocks. Names
 * and their order depend on the number of axes and borders only, so that contractions which differ
 * in extents share their code.
 */
final class ContractionNumbers {
  /** Prefix of the numbers of the factor that gives rows. */
  static final String ROWS = "rows";

  /** Prefix of the numbers of the factor that gives columns. */
  static final String COLUMNS = "columns";

  private final Map<String, Long> values = new LinkedHashMap<>();

  /** All numbers of a contraction whose work is divided in this way. */
  static ContractionNumbers of(Contraction given, ContractionBlocks blocks) {
    ContractionNumbers all = new ContractionNumbers();
    all.put("batch", given.batch());
    all.put("width", given.columns().size());
    all.put("result", given.rows().size() * given.columns().size());
    all.put("depth", given.depthSize());
    for (int i = 0; i < given.depth().size(); i++) {
      all.put("depth." + i, given.depth().get(i));
    }
    all.put("adds", given.adds() ? 1 : 0);
    all.put("relu", given.finish().relu() ? 1 : 0);
    all.put("depthBlock", blocks.depth());
    all.put("rowBlock", blocks.rows());
    all.put("columnBlock", blocks.columns());
    all.put("rowBytes", blocks.rowBytes());
    all.put("shareBytes", blocks.shareBytes());
    all.put("batchShares", blocks.batchShares());
    all.put("rowShares", blocks.rowShares());
    all.put("columnShares", blocks.columnShares());
    all.put(ROWS, given.rows(), blocks.tile().rows());
    all.put(COLUMNS, given.columns(), blocks.tile().columns());
    return all;
  }

  private void put(String name, long value) {
    values.put(name, value);
  }

  private void put(String side, Factor factor, int width) {
    put(side + ".batch", factor.batchStride());
    put(side + ".origin", factor.origin());
    put(side + ".run", factor.run());
    put(side + ".stride", factor.stride());
    put(side + ".inRun", factor.panelsInRun(width));
    put(side + ".panels", factor.panels(width));
    for (int i = 0; i < factor.borders().size(); i++) {
      Border border = factor.borders().get(i);
      put(side + ".start." + i, border.start());
      put(side + ".limit." + i, border.limit());
    }
    for (int i = 0; i < factor.groups().size(); i++) {
      Axis axis = factor.groups().get(i);
      put(side + ".group." + i, axis.extent());
      put(side + ".group." + i, axis.step(), factor.borders().size());
    }
    for (int i = 0; i < factor.depth().size(); i++) {
      put(side + ".depth." + i, factor.depth().get(i), factor.borders().size());
    }
  }

  private void put(String axis, Step step, int borders) {
    put(axis + ".stride", step.stride());
    for (int i = 0; i < borders; i++) {
      put(axis + ".move." + i, step.border() == i ? step.move() : 0);
    }
  }

  /** Names of the numbers, in their order in memory. */
  List<String> names() {
    return List.copyOf(values.keySet());
  }

  /** The numbers in that order. */
  List<Long> values() {
    return List.copyOf(values.values());
  }
}

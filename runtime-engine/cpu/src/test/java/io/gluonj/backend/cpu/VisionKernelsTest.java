package io.gluonj.backend.cpu;

import static io.gluonj.backend.cpu.Comparison.floats;

import io.gluonj.op.BoxSuppression;
import io.gluonj.op.CtcPaths;
import io.gluonj.op.RoiPooling;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kernels for sequences, regions and boxes that are written in Java, against their definitions. */
final class VisionKernelsTest {
  private static TensorType whole(long... dims) {
    return new TensorType(Shape.of(dims), DType.INT32);
  }

  /** Labels and lengths are from 0 to 39, so that some sequences are too short for their labels. */
  @Test
  void pathsOfManySequences() {
    for (int blank : List.of(0, 40)) {
      new Comparison(24, 1e-5)
          .range(0, 40)
          .library(
              new CtcPaths(blank),
              List.of(floats(45, 20, 41), whole(20, 14), whole(20), whole(20)),
              List.of(floats(20), floats(45, 20, 41)));
    }
  }

  @Test
  void pathsOfLabelsThatAreNoClasses() {
    new Comparison(25, 1e-5)
        .range(-1, 7)
        .library(
            new CtcPaths(0),
            List.of(floats(9, 40, 6), whole(40, 3), whole(40), whole(40)),
            List.of(floats(40), floats(9, 40, 6)));
  }

  @Test
  void regionsOfManyImages() {
    Shape result = Shape.of(60, 5, 4, 3);
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
      new Comparison(26, 1e-5)
          .range(-1, 17)
          .library(
              new RoiPooling(List.of(4L, 3L), 0.6),
              List.of(new TensorType(Shape.of(15, 5, 9, 11), type), floats(60, 5)),
              List.of(new TensorType(result, type), new TensorType(result, DType.INT64)));
    }
  }

  @Test
  void boxesOfLongLists() {
    new Comparison(27, 1e-5)
        .range(0, 4)
        .library(
            new BoxSuppression(0.3),
            List.of(floats(6, 200, 4), whole(6, 200), whole(6, 200)),
            List.of(floats(6, 200)));
  }
}

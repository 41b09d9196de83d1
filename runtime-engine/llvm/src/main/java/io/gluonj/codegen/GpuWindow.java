package io.gluonj.codegen;

import io.gluonj.op.Window;
import io.gluonj.types.Shape;

/**
 * How a kernel walks between the positions of a result and those of the data under a sliding {@link
 * Window}, both row-major within one plane.
 *
 * @param data shape of the data (batch, channels, spatial…)
 */
record GpuWindow(Window window, Shape data) {
  /** Receives one pair of positions. */
  interface Visitor {
    /**
     * One pair.
     *
     * @param position in the other plane
     * @param tap position within the kernel
     * @param inside condition under which the pair exists
     */
    void visit(String position, String tap, String inside);
  }

  private long in(int axis) {
    return data.dim(axis + 2);
  }

  private long result(int axis) {
    return window.output(axis, in(axis));
  }

  /** Elements of a plane of data. */
  long inPlane() {
    return data.sizeFrom(2);
  }

  /** Elements of a plane of results. */
  long outPlane() {
    long size = 1;
    for (int axis = 0; axis < window.rank(); axis++) {
      size *= result(axis);
    }
    return size;
  }

  /** Whether results and data are the same plane, seen through a kernel of one element. */
  boolean identity() {
    for (int axis = 0; axis < window.rank(); axis++) {
      boolean same =
          window.kernel().get(axis) == 1
              && window.stride().get(axis) == 1
              && window.padBegin().get(axis) == 0
              && result(axis) == in(axis);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** Whether no tap along an axis ever leaves the data. */
  private boolean neverLeaves(int axis) {
    long begin = window.padBegin().get(axis);
    long last = (result(axis) - 1) * window.stride().get(axis) - begin + window.reach(axis) - 1;
    return begin == 0 && last < in(axis);
  }

  /** Visits every tap of the window at a position of the result, ascending. */
  void taps(GpuCode code, String result, Visitor visitor) {
    String[] first = new String[window.rank()];
    String rest = result;
    for (int axis = window.rank() - 1; axis >= 0; axis--) {
      String at = axis == 0 ? rest : code.modulo(rest, result(axis));
      rest = code.over(rest, result(axis));
      first[axis] =
          code.add(code.times(at, window.stride().get(axis)), -window.padBegin().get(axis));
    }
    taps(code, 0, first, new Pair("0", "0", GpuCode.TRUE), visitor);
  }

  private record Pair(String position, String tap, String inside) {}

  private void taps(GpuCode code, int axis, String[] first, Pair sofar, Visitor visitor) {
    if (axis == window.rank()) {
      visitor.visit(sofar.position(), sofar.tap(), sofar.inside());
      return;
    }
    long kernel = window.kernel().get(axis);
    code.loop(
        kernel,
        t -> {
          String x = code.add(first[axis], code.times(t, window.dilate().get(axis)));
          String inside = neverLeaves(axis) ? GpuCode.TRUE : code.within(x, in(axis));
          Pair next =
              new Pair(
                  code.add(code.times(sofar.position(), in(axis)), x),
                  code.add(code.times(sofar.tap(), kernel), t),
                  code.and(sofar.inside(), inside));
          taps(code, axis + 1, first, next, visitor);
        });
  }

  /**
   * Visits the windows that cover a position of the data, ascending: positions of the result, and
   * the tap that lies over the data there. Takes {@code kernel / stride} rounds along an axis.
   */
  void windows(GpuCode code, String position, Visitor visitor) {
    String[] padded = new String[window.rank()];
    String rest = position;
    for (int axis = window.rank() - 1; axis >= 0; axis--) {
      String at = axis == 0 ? rest : code.modulo(rest, in(axis));
      rest = code.over(rest, in(axis));
      padded[axis] = code.add(at, window.padBegin().get(axis));
    }
    windows(code, 0, padded, new Pair("0", "0", GpuCode.TRUE), visitor);
  }

  private void windows(GpuCode code, int axis, String[] padded, Pair sofar, Visitor visitor) {
    if (axis == window.rank()) {
      visitor.visit(sofar.position(), sofar.tap(), sofar.inside());
      return;
    }
    long stride = window.stride().get(axis);
    long dilate = window.dilate().get(axis);
    String last = code.min(code.over(padded[axis], stride), result(axis) - 1);
    String beyond = code.add(last, 1);
    String before = code.max(code.add(padded[axis], stride - window.reach(axis)), 0);
    String first = code.over(before, stride);
    code.loop(
        first,
        beyond,
        1,
        o -> {
          String distance = code.subtract(padded[axis], code.times(o, stride));
          String inside =
              dilate == 1 ? GpuCode.TRUE : code.compare("eq", code.modulo(distance, dilate), "0");
          Pair next =
              new Pair(
                  code.add(code.times(sofar.position(), result(axis)), o),
                  code.add(
                      code.times(sofar.tap(), window.kernel().get(axis)),
                      code.over(distance, dilate)),
                  code.and(sofar.inside(), inside));
          windows(code, axis + 1, padded, next, visitor);
        });
  }
}

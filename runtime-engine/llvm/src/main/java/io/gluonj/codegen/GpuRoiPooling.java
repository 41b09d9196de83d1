package io.gluonj.codegen;

import io.gluonj.op.RoiPooling;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/** {@link RoiPooling} as a GPU kernel: a thread for each bin of each region and channel. */
public final class GpuRoiPooling {
  private static final String DATA = "%data";
  private static final String ROIS = "%rois";
  private static final String MAXIMA = "%maxima";
  private static final String PLACES = "%places";

  private GpuRoiPooling() {}

  /** The kernel: operands are data, rois, maxima and places. */
  public static GpuKernels of(RoiPooling op, List<TensorType> in) {
    Shape data = in.get(0).shape();
    long results =
        in.get(1).shape().dim(0)
            * data.dim(1)
            * op.pooledSize().get(0)
            * op.pooledSize().get(1);
    return new GpuSteps(new GpuModule())
        .add(
            "roi_pooling",
            results,
            Math.max(results, data.size()),
            GpuCode.computing(in.get(0).dtype()),
            List.of(DATA, ROIS),
            List.of(MAXIMA, PLACES),
            List.of(0, 1, 2, 3),
            (code, i) -> new Bin(op, in, code, i).pool())
        .kernels(0);
  }

  /** One result. */
  private static final class Bin {
    private final RoiPooling op;
    private final List<TensorType> in;
    private final Shape data;
    private final GpuCode code;
    private final String at;
    private final String region;

    Bin(RoiPooling op, List<TensorType> in, GpuCode code, String at) {
      this.op = op;
      this.in = in;
      this.data = in.get(0).shape();
      this.code = code;
      this.at = at;
      this.region =
          code.over(at, data.dim(1) * op.pooledSize().get(0) * op.pooledSize().get(1));
    }

    private static String f(double number) {
      return FloatType.F32.constant(number);
    }

    private String call(String function, String... arguments) {
      return code.call("float", "llvm." + function + ".f32", "float", arguments);
    }

    private String whole(String number, String type, String suffix) {
      return code.call(
          code.index(),
          "llvm.fptosi.sat.%s.%s".formatted(code.index(), suffix),
          type,
          number);
    }

    private String edge(int number) {
      return code.load(in.get(1).dtype(), ROIS, code.add(code.times(region, 5), number));
    }

    /** An edge in elements of the map, to the nearest one; float32 as in MXNet. */
    private String rounded(int number) {
      String edge = edge(number);
      String narrow =
          code.compute() == FloatType.F32
              ? edge
              : code.value("fptrunc double " + edge + " to float");
      String x = code.value("fmul float " + narrow + ", " + f(op.spatialScale()));
      String away = code.value("fadd float " + call("fabs", x) + ", " + f(0.5));
      return call("copysign", call("floor", away), x);
    }

    private String within(String number, long extent) {
      return code.max(code.min(whole(number, "float", "f32"), extent), 0);
    }

    /** Where the bin begins and ends along an axis. */
    private List<String> span(int axis, String bin) {
      String begin = rounded(2 - axis);
      String length =
          code.value(
              "fadd float "
                  + code.value("fsub float " + rounded(4 - axis) + ", " + begin)
                  + ", "
                  + f(1));
      String tooShort = code.value("fcmp olt float " + length + ", " + f(1));
      String least =
          code.value("select i1 " + tooShort + ", float " + f(1) + ", float " + length);
      String size =
          code.value("fdiv float " + least + ", " + f(op.pooledSize().get(axis)));
      long extent = data.dim(2 + axis);
      return List.of(
          within(moved(call("floor", upTo(bin, size)), begin), extent),
          within(moved(call("ceil", upTo(code.add(bin, 1), size)), begin), extent));
    }

    private String moved(String offset, String begin) {
      return code.value("fadd float " + offset + ", " + begin);
    }

    private String upTo(String bin, String size) {
      String number = code.value("uitofp " + code.index() + " " + bin + " to float");
      return code.value("fmul float " + number + ", " + size);
    }

    void pool() {
      long columns = op.pooledSize().get(1);
      String bin = code.modulo(at, op.pooledSize().get(0) * columns);
      List<String> rows = span(0, code.over(bin, columns));
      List<String> across = span(1, code.modulo(bin, columns));
      GpuCode.Local largest = code.local(code.compute().ir(), code.constant(0));
      GpuCode.Local place = code.local(code.index(), "-1");
      String floor =
          code.call(
              code.compute().ir(),
              "llvm.floor." + code.compute().suffix(),
              code.compute().ir(),
              edge(0));
      String image = whole(floor, code.compute().ir(), code.compute().suffix());
      code.when(code.within(image, data.dim(0)), () -> {
        String channel =
            code.modulo(
                code.over(at, op.pooledSize().get(0) * columns), data.dim(1));
        String plane =
            code.times(
                code.add(code.times(image, data.dim(1)), channel), data.sizeFrom(2));
        code.loop(rows.get(0), rows.get(1), 1, y ->
            code.loop(across.get(0), across.get(1), 1, x ->
                visit(code.add(plane, code.add(code.times(y, data.dim(3)), x)), largest, place)));
      });
      code.store(in.get(0).dtype(), MAXIMA, at, code.get(largest));
      code.storeInteger(64, PLACES, at, code.wide(code.get(place)));
    }

    private void visit(String here, GpuCode.Local largest, GpuCode.Local place) {
      String value = code.load(in.get(0).dtype(), DATA, here);
      String first = code.compare("slt", code.get(place), "0");
      String larger =
          code.value(
              "fcmp ogt " + code.compute().ir() + " " + value + ", " + code.get(largest));
      code.when(
          code.value("or i1 " + first + ", " + larger),
          () -> {
            code.set(largest, value);
            code.set(place, here);
          });
    }
  }
}

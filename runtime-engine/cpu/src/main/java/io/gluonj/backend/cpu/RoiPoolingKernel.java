package io.gluonj.backend.cpu;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.op.RoiPooling;
import io.gluonj.op.RoiPooling.Span;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;

/** {@link RoiPooling}: a region for each thread, whose bins are the same in every channel. */
final class RoiPoolingKernel implements Kernel {
  private static final int PARALLEL = 1 << 12;

  private final RoiPooling op;
  private final TensorType data;
  private final TensorType rois;
  private final int channels;
  private final int height;
  private final int width;
  private final int rows;
  private final int columns;

  RoiPoolingKernel(RoiPooling op, List<TensorType> in) {
    this.op = op;
    this.data = in.get(0);
    this.rois = in.get(1);
    Shape shape = data.shape();
    this.channels = Math.toIntExact(shape.dim(1));
    this.height = Math.toIntExact(shape.dim(2));
    this.width = Math.toIntExact(shape.dim(3));
    this.rows = Math.toIntExact(op.pooledSize().get(0));
    this.columns = Math.toIntExact(op.pooledSize().get(1));
  }

  private record Memory(
      MemorySegment data, MemorySegment rois, MemorySegment maxima, MemorySegment places) {}

  @Override
  public void run(long[] at) {
    int regions = Math.toIntExact(rois.shape().dim(0));
    long results = (long) regions * channels * rows * columns;
    Memory memory =
        new Memory(
            HostMemory.view(at[0], data.bytes()),
            HostMemory.view(at[1], rois.bytes()),
            HostMemory.view(at[2], results * data.dtype().bytes()),
            HostMemory.view(at[3], results * DType.INT64.bytes()));
    IntStream all = IntStream.range(0, regions);
    (results >= PARALLEL ? all.parallel() : all).forEach(region -> pool(memory, region));
  }

  private double edge(Memory memory, int region, int number) {
    return rois.dtype().read(memory.rois(), 5L * region + number);
  }

  private void pool(Memory memory, int region) {
    int image = (int) Math.floor(edge(memory, region, 0));
    boolean exists = image >= 0 && image < data.shape().dim(0);
    for (int ph = 0; ph < rows; ph++) {
      Span y = op.span(edge(memory, region, 2), edge(memory, region, 4), ph, rows, height);
      for (int pw = 0; pw < columns; pw++) {
        Span x = op.span(edge(memory, region, 1), edge(memory, region, 3), pw, columns, width);
        for (int c = 0; c < channels; c++) {
          long plane = ((long) image * channels + c) * height * width;
          long place = exists ? largest(memory, plane, y, x) : -1;
          long to = (((long) region * channels + c) * rows + ph) * columns + pw;
          double maximum = place < 0 ? 0 : data.dtype().read(memory.data(), place);
          data.dtype().write(memory.maxima(), to, maximum);
          memory.places().setAtIndex(ValueLayout.JAVA_LONG, to, place);
        }
      }
    }
  }

  private long largest(Memory memory, long plane, Span rows, Span columns) {
    long place = -1;
    double largest = 0;
    for (int y = rows.begin(); y < rows.end(); y++) {
      for (int x = columns.begin(); x < columns.end(); x++) {
        long here = plane + (long) y * width + x;
        double value = data.dtype().read(memory.data(), here);
        if (place < 0 || value > largest) {
          largest = value;
          place = here;
        }
      }
    }
    return place;
  }
}

package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MXNet's Convolution in one to three spatial dimensions: data (N, C, spatial…), weight
 * (num_filter, C / num_group, kernel…), bias (num_filter). Output extents are {@code 1 + floor((x +
 * 2 pad - dilate (kernel - 1) - 1) / stride)}.
 *
 * @param layout NCW, NCHW or NCDHW, or absent for the one that fits the kernel
 */
public record Convolution(
    List<Long> kernel,
    List<Long> stride,
    List<Long> dilate,
    List<Long> pad,
    long numFilter,
    long numGroup,
    boolean noBias,
    Optional<String> layout)
    implements Op.Composite {
  private static final int WEIGHT = 1;

  static final OpSchema<Convolution> SCHEMA =
      define(
              new Convolution(
                  List.of(), List.of(), List.of(), List.of(), 0, 1, false, Optional.empty()),
              "Convolution")
          .inputs("data", "weight")
          .inputUnless(Convolution::noBias, "bias")
          .onnx("Conv")
          .required("kernel", "num_filter")
          .ignored("workspace", "cudnn_tune", "cudnn_off")
          .sample(
              new Convolution(
                  List.of(3L, 3L),
                  List.of(2L, 2L),
                  List.of(),
                  List.of(1L, 1L),
                  4,
                  1,
                  false,
                  Optional.empty()),
              Shape.of(2, 3, 5, 6),
              Shape.of(4, 3, 3, 3),
              Shape.of(4));

  public Convolution {
    kernel = List.copyOf(kernel);
    stride = List.copyOf(stride);
    dilate = List.copyOf(dilate);
    pad = List.copyOf(pad);
  }

  private Conv conv() {
    int n = kernel.size();
    return new Conv(
        Window.of(
            kernel,
            Window.orElse(stride, n, 1),
            Window.orElse(dilate, n, 1),
            Window.orElse(pad, n, 0)),
        numGroup,
        !noBias);
  }

  @Override
  public void infer(Infer s) {
    Layouts.requireChannelsFirst(layout, s);
    if (numFilter < 1 || numGroup < 1 || numFilter % numGroup != 0) {
      throw s.error(
          "num_filter " + numFilter + " in num_group " + numGroup,
          "both are at least 1 and the groups share the filters evenly",
          "use a number of groups that divides the filters");
    }
    s.in(
        WEIGHT,
        Conv.weight(conv().window(), numGroup, numFilter, Shape.UNKNOWN),
        "weight is (num_filter, channels / num_group, kernel…)");
    conv().infer(s);
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    return new ArrayList<>(List.of(Ops.call(conv(), e.inputs().toArray(Tensor[]::new))));
  }
}

package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.dnnl.Arg;
import io.gluonj.dnnl.Attributes;
import io.gluonj.dnnl.Binary;
import io.gluonj.dnnl.Convolution;
import io.gluonj.dnnl.DataType;
import io.gluonj.dnnl.DnnlException;
import io.gluonj.dnnl.Eltwise;
import io.gluonj.dnnl.MemoryDesc;
import io.gluonj.dnnl.PostOp;
import io.gluonj.dnnl.PrimitiveDesc;
import io.gluonj.dnnl.PrimitiveSpec;
import io.gluonj.dnnl.Propagation;
import io.gluonj.op.Conv;
import io.gluonj.op.ConvActivation;
import io.gluonj.op.OverImages;
import io.gluonj.op.Window;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Convolution and its two gradients by oneDNN. Weights are always given in the format the primitive
 * asks for; the order of the data is chosen by measuring.
 */
final class ConvKernels {
  private static final int WEIGHT = 1;
  private static final int BIAS = 2;

  /**
   * The shapes of a convolution; images are (batch, channels, spatial…) whatever their order.
   *
   * @param border the order in which images lie in memory
   * @param type of all operands
   */
  private record Geometry(
      Window window,
      long groups,
      Shape data,
      Shape weight,
      Shape result,
      Layout border,
      DataType type) {
    static Geometry of(
        OverImages op,
        Window window,
        long groups,
        Shape data,
        Shape weight,
        Shape result,
        TensorType operand) {
      return new Geometry(
          window,
          groups,
          Layout.logical(op, data),
          weight,
          Layout.logical(op, result),
          Layout.of(op),
          DnnlPlan.type(operand));
    }

    MemoryDesc dataAtBorder() {
      return border.of(type, data);
    }

    MemoryDesc resultAtBorder() {
      return border.of(type, result);
    }

    /** Images in an order. */
    MemoryDesc in(Layout layout, Shape images) {
      return layout.of(type, images);
    }

    io.gluonj.dnnl.Window dnnl() {
      return new io.gluonj.dnnl.Window(
          window.stride(), window.dilate(), window.padBegin(), window.padEnd());
    }

    /** The weight's dimensions with groups as an axis of their own, if there are any. */
    Shape grouped() {
      if (groups == 1) {
        return weight;
      }
      long[] dims = new long[weight.rank() + 1];
      System.arraycopy(weight.dims(), 0, dims, 1, weight.rank());
      dims[0] = groups;
      dims[1] /= groups;
      return Shape.of(dims);
    }

    MemoryDesc plainWeight() {
      return DnnlPlan.rowMajor(type, grouped());
    }

    MemoryDesc anyWeight() {
      return MemoryDesc.any(type, grouped().dims());
    }

    Convolution.Forward forward(Layout layout, @Nullable MemoryDesc bias) {
      return forward(layout, bias, Attributes.DEFAULT);
    }

    Convolution.Forward forward(Layout layout, @Nullable MemoryDesc bias, Attributes attributes) {
      return new Convolution.Forward(
          Convolution.Kind.CONVOLUTION,
          Propagation.TRAINING,
          layout.of(type, data),
          anyWeight(),
          bias,
          layout.of(type, result),
          dnnl(),
          attributes);
    }
  }

  private ConvKernels() {}

  /**
   * The kernel of a convolution.
   *
   * @param own kernels besides oneDNN's
   */
  static Kernel forward(
      Conv op, List<TensorType> in, List<TensorType> out, List<Candidates.Candidate> own) {
    Geometry g = geometry(op, in, out);
    MemoryDesc bias = bias(op, g);
    return fastest(
        Problem.of(op, in, out),
        layouts(op),
        layout -> g.forward(layout, bias),
        plan(g, bias).writes(Arg.DST, in.size(), g.resultAtBorder()),
        own,
        Candidates.NO_CONSTANT,
        in,
        out);
  }

  /** A convolution with what follows it, done before the result is stored. */
  static Kernel activated(
      ConvActivation op,
      List<TensorType> in,
      List<TensorType> out,
      List<Candidates.Candidate> own) {
    Conv conv = op.conv();
    Geometry g = geometry(conv, in, out);
    MemoryDesc bias = bias(conv, g);
    DnnlPlan plan = plan(g, bias);
    if (op.residual()) {
      plan.reads(Arg.postOperand(0), op.residualInput(), g.resultAtBorder());
    }
    // what is added must have the result's format, which ANY leaves open
    return fastest(
        Problem.of(op + " packed", i -> i == 0 || i > (conv.bias() ? BIAS : WEIGHT), in, out),
        layouts(conv).filter(layout -> !op.residual() || layout != Layout.ANY),
        layout -> g.forward(layout, bias, after(op, g.in(layout, g.result()))),
        plan.writes(Arg.DST, in.size(), g.resultAtBorder()),
        own,
        WEIGHT, // the operator is one of prediction
        in,
        out);
  }

  private static Geometry geometry(Conv op, List<TensorType> in, List<TensorType> out) {
    return Geometry.of(
        op,
        op.window(),
        op.groups(),
        in.get(0).shape(),
        in.get(1).shape(),
        out.getFirst().shape(),
        in.getFirst());
  }

  private static @Nullable MemoryDesc bias(Conv op, Geometry g) {
    return op.bias() ? MemoryDesc.rowMajor(g.type(), g.result().dim(1)) : null;
  }

  /** What a convolution reads. */
  private static DnnlPlan plan(Geometry g, @Nullable MemoryDesc bias) {
    DnnlPlan plan =
        new DnnlPlan().reads(Arg.SRC, 0, g.dataAtBorder()).reads(Arg.WEIGHTS, 1, g.plainWeight());
    return bias == null ? plan : plan.reads(Arg.BIAS, BIAS, bias);
  }

  /** What is done before the result, which has the given format, is stored. */
  private static Attributes after(ConvActivation op, MemoryDesc result) {
    var post = new ArrayList<PostOp>();
    if (op.residual()) {
      post.add(new PostOp.Operand(Binary.Kind.ADD, result));
    }
    if (op.relu()) {
      post.add(new PostOp.Element(Eltwise.Kind.RELU, 0, 0));
    }
    return Attributes.fused(post.toArray(PostOp[]::new));
  }

  static Kernel gradData(Conv.GradData op, List<TensorType> in, List<TensorType> out) {
    Geometry g =
        Geometry.of(
            op,
            op.window(),
            op.groups(),
            op.data(),
            in.get(0).shape(),
            in.get(1).shape(),
            in.getFirst());
    DnnlPlan plan =
        new DnnlPlan()
            .reads(Arg.WEIGHTS, 0, g.plainWeight())
            .reads(Arg.DIFF_DST, 1, g.resultAtBorder())
            .writes(Arg.DIFF_SRC, 2, g.dataAtBorder());
    return fastest(
        Problem.of(op, in, out),
        layouts(op),
        layout ->
            new Convolution.BackwardData(
                g.forward(layout, null),
                g.in(layout, g.data()),
                g.anyWeight(),
                g.in(layout, g.result()),
                Attributes.DEFAULT),
        plan,
        List.of(),
        Candidates.NO_CONSTANT,
        in,
        out);
  }

  /**
   * The kernel of a weight's gradient.
   *
   * @param own kernels besides oneDNN's
   */
  static Kernel gradWeight(
      Conv.GradWeight op,
      List<TensorType> in,
      List<TensorType> out,
      List<Candidates.Candidate> own) {
    Geometry g =
        Geometry.of(
            op,
            op.window(),
            op.groups(),
            in.get(0).shape(),
            op.weight(),
            in.get(1).shape(),
            in.getFirst());
    MemoryDesc bias = op.bias() ? MemoryDesc.rowMajor(g.type(), g.result().dim(1)) : null;
    DnnlPlan plan =
        new DnnlPlan()
            .reads(Arg.SRC, 0, g.dataAtBorder())
            .reads(Arg.DIFF_DST, 1, g.resultAtBorder())
            .writes(Arg.DIFF_WEIGHTS, 2, g.plainWeight());
    if (bias != null) {
      plan.writes(Arg.DIFF_BIAS, 3, bias);
    }
    return fastest(
        Problem.of(op, in, out),
        layouts(op),
        layout ->
            new Convolution.BackwardWeights(
                g.forward(layout, bias),
                g.in(layout, g.data()),
                g.anyWeight(),
                bias,
                g.in(layout, g.result()),
                Attributes.DEFAULT),
        plan,
        own,
        Candidates.NO_CONSTANT,
        in,
        out);
  }

  /** The fastest of some kernels and all of oneDNN's implementations for all orders. */
  private static Kernel fastest(
      Problem problem,
      Stream<Layout> layouts,
      Function<Layout, PrimitiveSpec> spec,
      DnnlPlan plan,
      List<Candidates.Candidate> own,
      int constant,
      List<TensorType> in,
      List<TensorType> out) {
    var found = new ArrayList<PrimitiveDesc>();
    var candidates = new ArrayList<Candidates.Candidate>();
    var slow = new ArrayList<Candidates.Candidate>();
    var refusals = new ArrayList<DnnlException>();
    try {
      layouts.forEach(layout -> {
        try {
          for (PrimitiveDesc desc : PrimitiveDesc.candidates(spec.apply(layout))) {
            found.add(desc);
            String name = desc.implementation();
            (isSlow(name) ? slow : candidates)
                .add(new Candidates.Candidate(layout + " " + name, () -> plan.build(desc)));
          }
        } catch (DnnlException e) {
          refusals.add(e);
        }
      });
      candidates.addAll(own);
      if (candidates.isEmpty() && slow.isEmpty()) {
        throw refusals.getFirst();
      }
      return candidates.isEmpty()
          ? slow.getFirst().build().get()
          : Candidates.chosen(problem, candidates, constant, in, out);
    } finally {
      found.forEach(PrimitiveDesc::close);
    }
  }

  /** Plain loops, and code for processors of long ago. */
  private static boolean isSlow(String implementation) {
    return implementation.startsWith("ref") || implementation.endsWith("sse41");
  }

  /** Orders to try; channels last is the best guess: reorders cost less than what it gains. */
  private static Stream<Layout> layouts(OverImages op) {
    return op.channelsLast()
        ? Stream.of(Layout.CHANNELS_LAST, Layout.ANY)
        : Stream.of(Layout.CHANNELS_LAST, Layout.CHANNELS_FIRST, Layout.ANY);
  }
}

package io.gluonj.function;

import io.gluonj.op.BoxNms;
import io.gluonj.op.Boxes;
import io.gluonj.op.Columns;
import io.gluonj.op.Images;
import io.gluonj.op.Sampling;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class VisionFunctions2 extends VisionFunctions permits VisionFunctions3 {
  VisionFunctions2() {}

  /** Non-maximum suppression (MXNet: {@code _contrib_box_nms}). */
  public static <T extends Tensor> T boxNms(T data) {
    return one(
        new BoxNms(
            0.5,
            0,
            -1,
            2,
            1,
            -1,
            -1,
            false,
            Boxes.BoxIou.Format.CORNER,
            Boxes.BoxIou.Format.CORNER),
        data);
  }

  /**
   * Non-maximum suppression (MXNet: {@code _contrib_box_nms}). Data (…, n, width) has a box in each
   * row: its four numbers beginning at {@code coordStart}, its score and perhaps its class. Boxes
   * are ordered by falling score; each suppresses all later ones that it overlaps by more than
   * {@code overlapThresh}, of its own class unless {@code forceSuppress}. The result has the rows
   * that remain, then rows of -1. The gradient of a row goes to where it came from.
   *
   * <p>MXNet {@code _contrib_box_nms}.
   */
  public static <T extends Tensor> T boxNms(T data, Consumer<BoxNmsAttributes> attributes) {
    return one(set(new BoxNmsAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code boxNms}. */
  public static final class BoxNmsAttributes extends Attributes {
    private double overlapThresh = 0.5;
    private double validThresh = 0;
    private int topk = -1;
    private int coordStart = 2;
    private int scoreIndex = 1;
    private int idIndex = -1;
    private int backgroundId = -1;
    private boolean forceSuppress = false;
    private Boxes.BoxIou.Format inFormat = Boxes.BoxIou.Format.CORNER;
    private Boxes.BoxIou.Format outFormat = Boxes.BoxIou.Format.CORNER;

    private BoxNmsAttributes() {}

    /** MXNet's {@code overlap_thresh}; 0.5 by default. */
    public BoxNmsAttributes overlapThresh(double overlapThresh) {
      this.overlapThresh = overlapThresh;
      return this;
    }

    /** Boxes of this score and less do not count; 0 by default. */
    public BoxNmsAttributes validThresh(double validThresh) {
      this.validThresh = validThresh;
      return this;
    }

    /** How many boxes of the best scores count; all if not positive; -1 by default. */
    public BoxNmsAttributes topk(int topk) {
      this.topk = topk;
      return this;
    }

    /** MXNet's {@code coord_start}; 2 by default. */
    public BoxNmsAttributes coordStart(int coordStart) {
      this.coordStart = coordStart;
      return this;
    }

    /** MXNet's {@code score_index}; 1 by default. */
    public BoxNmsAttributes scoreIndex(int scoreIndex) {
      this.scoreIndex = scoreIndex;
      return this;
    }

    /** The column of the class; none if negative; -1 by default. */
    public BoxNmsAttributes idIndex(int idIndex) {
      this.idIndex = idIndex;
      return this;
    }

    /** A class whose boxes do not count; none if negative; -1 by default. */
    public BoxNmsAttributes backgroundId(int backgroundId) {
      this.backgroundId = backgroundId;
      return this;
    }

    /** MXNet's {@code force_suppress}; false by default. */
    public BoxNmsAttributes forceSuppress(boolean forceSuppress) {
      this.forceSuppress = forceSuppress;
      return this;
    }

    /** MXNet's {@code in_format}; {@code corner} by default. */
    public BoxNmsAttributes inFormat(Boxes.BoxIou.Format inFormat) {
      this.inFormat = inFormat;
      return this;
    }

    /** MXNet's {@code out_format}; {@code corner} by default. */
    public BoxNmsAttributes outFormat(Boxes.BoxIou.Format outFormat) {
      this.outFormat = outFormat;
      return this;
    }

    private BoxNms op() {
      return new BoxNms(
          overlapThresh,
          validThresh,
          topk,
          coordStart,
          scoreIndex,
          idIndex,
          backgroundId,
          forceSuppress,
          inFormat,
          outFormat);
    }
  }

  /**
   * Columns to images of {@code outputSize}; what several windows cover is added.
   *
   * <p>MXNet {@code col2im}; ONNX {@code Col2Im}.
   */
  public static <T extends Tensor> T col2im(T data, Consumer<Col2imAttributes> attributes) {
    return one(set(new Col2imAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code col2im}. */
  public static final class Col2imAttributes extends Attributes {
    private List<Long> outputSize = List.of();
    private List<Long> kernel = List.of();
    private List<Long> stride = List.of();
    private List<Long> dilate = List.of();
    private List<Long> pad = List.of();

    private Col2imAttributes() {}

    /** The extents of the result; must be given. */
    public Col2imAttributes outputSize(long... outputSize) {
      given("outputSize");
      this.outputSize = list(outputSize);
      return this;
    }

    /** The extents of the window; must be given. */
    public Col2imAttributes kernel(long... kernel) {
      given("kernel");
      this.kernel = list(kernel);
      return this;
    }

    /** The steps of the window; 1 where left out. */
    public Col2imAttributes stride(long... stride) {
      this.stride = list(stride);
      return this;
    }

    /** The distances between the window's elements; 1 where left out. */
    public Col2imAttributes dilate(long... dilate) {
      this.dilate = list(dilate);
      return this;
    }

    /** How far the window reaches over each edge; 0 where left out. */
    public Col2imAttributes pad(long... pad) {
      this.pad = list(pad);
      return this;
    }

    private Columns.Col2im op() {
      require("col2im", "outputSize", "kernel");
      return new Columns.Col2im(outputSize, kernel, stride, dilate, pad);
    }
  }

  /** Places from maps or displacements. */
  public static <T extends Tensor> T gridGenerator(T data, Sampling.Transform transformType) {
    return one(new Sampling.GridGenerator(transformType, List.of(0L, 0L)), data);
  }

  /**
   * Places from maps or displacements.
   *
   * <p>MXNet {@code GridGenerator}.
   */
  public static <T extends Tensor> T gridGenerator(
      T data, Consumer<GridGeneratorAttributes> attributes) {
    return one(set(new GridGeneratorAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code gridGenerator}. */
  public static final class GridGeneratorAttributes extends Attributes {
    private Sampling.Transform transformType = Sampling.Transform.AFFINE;
    private List<Long> targetShape = List.of(0L, 0L);

    private GridGeneratorAttributes() {}

    /** What the places are made of; must be given. */
    public GridGeneratorAttributes transformType(Sampling.Transform transformType) {
      given("transformType");
      this.transformType = transformType;
      return this;
    }

    /** Height and width of the result; (0, 0) by default. */
    public GridGeneratorAttributes targetShape(long... targetShape) {
      this.targetShape = list(targetShape);
      return this;
    }

    private Sampling.GridGenerator op() {
      require("gridGenerator", "transformType");
      return new Sampling.GridGenerator(transformType, targetShape);
    }
  }

  /** Windows to columns. */
  public static <T extends Tensor> T im2col(T data, long... kernel) {
    return one(new Columns.Im2col(list(kernel), List.of(), List.of(), List.of()), data);
  }

  /**
   * Windows to columns.
   *
   * <p>MXNet {@code im2col}.
   */
  public static <T extends Tensor> T im2col(T data, Consumer<Im2colAttributes> attributes) {
    return one(set(new Im2colAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code im2col}. */
  public static final class Im2colAttributes extends Attributes {
    private List<Long> kernel = List.of();
    private List<Long> stride = List.of();
    private List<Long> dilate = List.of();
    private List<Long> pad = List.of();

    private Im2colAttributes() {}

    /** The extents of the window; must be given. */
    public Im2colAttributes kernel(long... kernel) {
      given("kernel");
      this.kernel = list(kernel);
      return this;
    }

    /** The steps of the window; 1 where left out. */
    public Im2colAttributes stride(long... stride) {
      this.stride = list(stride);
      return this;
    }

    /** The distances between the window's elements; 1 where left out. */
    public Im2colAttributes dilate(long... dilate) {
      this.dilate = list(dilate);
      return this;
    }

    /** How far the window reaches over each edge; 0 where left out. */
    public Im2colAttributes pad(long... pad) {
      this.pad = list(pad);
      return this;
    }

    private Columns.Im2col op() {
      require("im2col", "kernel");
      return new Columns.Im2col(kernel, stride, dilate, pad);
    }
  }

  /** {@code (x - mean) / std} of each channel of (…, C, H, W); one number serves all channels. */
  public static <T extends Tensor> T imageNormalize(T data) {
    return one(new Images.Normalize(List.of(0.0), List.of(1.0)), data);
  }

  /**
   * {@code (x - mean) / std} of each channel of (…, C, H, W); one number serves all channels.
   *
   * <p>MXNet {@code _image_normalize}.
   */
  public static <T extends Tensor> T imageNormalize(
      T data, Consumer<ImageNormalizeAttributes> attributes) {
    return one(set(new ImageNormalizeAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code imageNormalize}. */
  public static final class ImageNormalizeAttributes extends Attributes {
    private List<Double> mean = List.of(0.0);
    private List<Double> std = List.of(1.0);

    private ImageNormalizeAttributes() {}

    /** What is subtracted, by channel; (0) by default. */
    public ImageNormalizeAttributes mean(double... mean) {
      this.mean = list(mean);
      return this;
    }

    /** What is divided by, by channel; (1) by default. */
    public ImageNormalizeAttributes std(double... std) {
      this.std = list(std);
      return this;
    }

    private Images.Normalize op() {
      return new Images.Normalize(mean, std);
    }
  }

  /**
   * Bytes (…, H, W, C) to float32 (…, C, H, W) in [0, 1].
   *
   * <p>MXNet {@code _image_to_tensor}.
   */
  public static <T extends Tensor> T imageToTensor(T data) {
    return one(new Images.ToTensor(), data);
  }
}

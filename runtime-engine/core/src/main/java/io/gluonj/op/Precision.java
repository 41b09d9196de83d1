package io.gluonj.op;

import io.gluonj.op.Scalar.Arg;
import io.gluonj.op.Scalar.Binary;
import io.gluonj.op.Scalar.Const;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.op.Scalar.Iota;
import io.gluonj.op.Scalar.Select;
import io.gluonj.op.Scalar.Unary;
import io.gluonj.op.Scalar.Uniform;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What an operator asks of the element type of its operands where {@code float32} and a type of
 * half its size are mixed. This is the one place that says it, for every operator there is.
 */
public enum Precision {
  /**
   * Its work is products: it takes operands of half the size, adds up in float32, and gives a
   * result of half the size.
   */
  NARROW,
  /**
   * It needs the whole range or precision of float32: exponentials, logarithms, powers, sums over
   * many elements, statistics, positions and what is looked up by them, updates of weights.
   */
  WIDE,
  /** It computes in the widest type of its operands, whichever that is: it rounds once at most. */
  WIDEST,
  /** It is taken apart, and each of its parts has a class of its own. */
  PARTS;

  /** The class of an operator. */
  public static Precision of(Op op) {
    return switch (op) {
      case Op.Pointwise p -> pointwise(p);
      case Op.Structural s -> structural(s);
      case Op.Library l -> library(l);
      case Op.Composite c -> composite(c);
      case Op.Dynamic _, Op.Custom _ -> WIDE; // nobody knows what they compute
    };
  }

  private static Precision library(Op.Library op) {
    return switch (op) {
      case MatMul _, Conv _, Conv.GradData _, Conv.GradWeight _ -> NARROW;
      case MaxPool _, MaxPool.Grad _, SumPool _, SumPool.Grad _ -> WIDEST;
      case BatchNormTraining _,
          BatchNormTraining.Grad _,
          RowFused _,
          ScatterAdd _,
          ArgSort _,
          CtcPaths _,
          RoiPooling _,
          BoxSuppression _ ->
          WIDE;
    };
  }

  /** What moves elements keeps their type; what adds up, or reads positions, is wide. */
  private static Precision structural(Op.Structural op) {
    return switch (op) {
      case ShapeOps _,
          Transpose _,
          BroadcastTo _,
          Slicing _,
          Slicing.IntoZeros _,
          SliceAssign.Replace _,
          Diagonal.Strided _,
          ReverseSteps _,
          Concat _ ->
          WIDEST;
      case Creation _,
          Cumulative.Scan _,
          Reduce _,
          SumTo _,
          Lookups _,
          Indexing.LastWriter _,
          WeightedSamples _,
          Displaced _ ->
          WIDE;
    };
  }

  /**
   * By the expression, but for what only the name tells: numbers are drawn, and weights updated, in
   * float32.
   */
  private static Precision pointwise(Op.Pointwise op) {
    return switch (op) {
      case OptimizerUpdates _, Generators.UniformNumbers _, Generators.Drawn _ -> WIDE;
      case Generators _, Casts _ -> WIDEST;
      case UnaryMath _,
          Trigonometry _,
          SpecialMath _,
          BinaryMath _,
          ScalarMath _,
          Logic _,
          Activations _,
          Units _ ->
          expressions(op);
      case Fused fused -> isDelicate(fused.body(), marks()) ? WIDE : WIDEST;
    };
  }

  private static Precision expressions(Op.Pointwise op) {
    // those of any number of operands, such as a sum, read each alike: two stand for all
    int operands = op.schema().isVariadic() ? 2 : op.schema().inputNames(op, 0).size();
    List<Scalar> in = IntStream.range(0, operands).mapToObj(Scalar::arg).toList();
    Set<Scalar> done = marks();
    return op.apply(in).stream().anyMatch(e -> isDelicate(e, done)) ? WIDE : WIDEST;
  }

  private static Set<Scalar> marks() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /**
   * Whether an expression may leave the range of half a float32, or counts. Squares do: the square
   * of 300 is no {@code float16}. Bounded functions, and sums, differences, products, maxima and
   * comparisons of different operands, do as their operands do.
   */
  private static boolean isDelicate(Scalar e, Set<Scalar> done) {
    if (!done.add(e)) {
      return false; // shared, and seen
    }
    return switch (e) {
      case Arg _, Const _ -> false;
      case Iota _, Uniform _ -> true;
      case Unary(Fn fn, Scalar x) -> isDelicate(fn) || isDelicate(x, done);
      case Binary(Fn2 fn, Scalar a, Scalar b) ->
          isDelicate(fn, a, b) || isDelicate(a, done) || isDelicate(b, done);
      case Select(Scalar c, Scalar yes, Scalar no) ->
          isDelicate(c, done) || isDelicate(yes, done) || isDelicate(no, done);
    };
  }

  private static boolean isDelicate(Fn fn) {
    return switch (fn) {
      case EXP, EXPM1, LOG, LOG1P, SQRT, SIN, COS -> true;
      case NEG, ABS, SIGN, TANH, ERF, FLOOR, CEIL, TRUNC, RINT -> false;
    };
  }

  private static boolean isDelicate(Fn2 fn, Scalar a, Scalar b) {
    return switch (fn) {
      case POW, MOD -> true;
      case DIV -> !(b instanceof Const);
      case MUL -> a.equals(b);
      case ADD, SUB, MIN, MAX, EQ, NE, LT, LE, GT, GE -> false;
    };
  }

  private static Precision composite(Op.Composite op) {
    return switch (op) {
      case FullyConnected _,
          Dot _,
          Einsum _,
          BatchDot _,
          Linalg _,
          AttentionProducts _,
          ScaledDotProductAttention _,
          AttentionGrad _,
          Convolution _,
          ConvActivation _,
          Deconvolution _,
          Columns _,
          Rnn _,
          BatchNorm _,
          Pooling _,
          Dropout _,
          Activation _,
          LeakyReLU _,
          Masks _,
          Rearrange _,
          Likeness _,
          SliceAssign _,
          Pad _,
          Diagonal _,
          Sequences _ ->
          PARTS;
      case Split _, ShapeReaders _ -> WIDEST;
      // the memory of a recurrence sums up over all steps; its projections are products of their
      // own
      case Recurrence _, Recurrence.Grad _ -> WIDE;
      case SoftmaxOps _,
          SoftmaxForms _,
          SoftmaxOutput _,
          ScaledDotProductAttention.SafeSoftmax _,
          OutputLayers _,
          CtcLoss _,
          Normalizations _,
          Norm _,
          Lrn _,
          Statistics _,
          Cumulative _,
          Cumulative.RunningSum _,
          Scans _ ->
          WIDE;
      case Resampling _,
          Sampling _,
          Images _,
          Indices _,
          Indexing _,
          Pick _,
          OneHot _,
          ArgExtremum _,
          Sorting _,
          Boxes _,
          BoxNms _,
          BoxCoding _,
          RoiAlign _,
          Correlation _ ->
          WIDE;
      case RandomNumbers _, RandomSamples _, Draws _, MultiUpdates _ -> WIDE;
    };
  }
}

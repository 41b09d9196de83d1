package io.gluonj.op;

import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Map;

/**
 * One operator with its attributes. Implementations are records: equal operators are equal values,
 * which makes them keys of the kernel caches.
 *
 * <p>Five families differ in what the author has to state; everything else is derived. See {@code
 * docs/how-to/add-an-operator.md}.
 */
public sealed interface Op
    permits Op.Pointwise, Op.Structural, Op.Composite, Op.Library, Op.Dynamic, Op.Custom {

  /** Names, attributes and samples; by default the record's static field {@code SCHEMA}. */
  default OpSchema<?> schema() {
    return OpSchema.of(getClass());
  }

  /**
   * Shape and type inference, in both directions: states what must hold between the shapes of
   * inputs and outputs as far as they are known. May run several times with ever more complete
   * shapes.
   */
  void infer(Infer s);

  /**
   * The vector-Jacobian product, written in operators so that it can be differentiated again. Runs
   * with known shapes.
   */
  void vjp(Vjp g);

  /** Number of outputs, hidden ones included. */
  default int outputs() {
    return 1;
  }

  /** Number of outputs that the user sees; the others carry state and serve the gradient. */
  default int visibleOutputs() {
    return 1;
  }

  /** Inputs the operator changes: input number to the output that becomes its new value. */
  default Map<Integer, Integer> updates() {
    return Map.of();
  }

  /**
   * An operator that is a scalar expression of its inputs, broadcast to a common shape as in NumPy.
   * Shape, type, gradient, kernels and reference value follow from the expression.
   */
  sealed interface Pointwise extends Op
      permits UnaryMath,
          Trigonometry,
          SpecialMath,
          BinaryMath,
          ScalarMath,
          Logic,
          Activations,
          Units,
          Generators,
          Casts,
          OptimizerUpdates,
          Fused {

    /** One expression for each output, over the inputs. */
    List<Scalar> apply(List<Scalar> in);

    @Override
    default void infer(Infer s) {
      s.broadcast();
    }

    @Override
    default void vjp(Vjp g) {
      Fused.derive(this, g);
    }
  }

  /** An operator that moves or combines elements: index maps and reductions, as loop nests. */
  sealed interface Structural extends Op
      permits ShapeOps,
          Transpose,
          BroadcastTo,
          Slicing,
          Slicing.IntoZeros,
          SliceAssign.Replace,
          Diagonal.Strided,
          Creation,
          Cumulative.Scan,
          ReverseSteps,
          Concat,
          Reduce,
          SumTo,
          Lookups,
          Indexing.LastWriter,
          WeightedSamples,
          Displaced {

    /** The nests that together write the outputs; all shapes are known. */
    List<LoopNest> nests(List<TensorType> in, List<TensorType> out);

    /**
     * Whether the output holds the input's elements in the same order, so that no copy is needed.
     */
    default boolean alias() {
      return false;
    }
  }

  /**
   * An operator defined by others. It keeps its name for files and for kernels that recognise it;
   * its gradient is that of its expansion unless {@link #ownGradient()}.
   */
  sealed interface Composite extends Op
      permits FullyConnected,
          Dot,
          Einsum,
          BatchDot,
          Activation,
          LeakyReLU,
          ShapeReaders,
          Rearrange,
          Likeness,
          SliceAssign,
          Pad,
          Split,
          Diagonal,
          SoftmaxOps,
          SoftmaxForms,
          SoftmaxOutput,
          OutputLayers,
          Sequences,
          Cumulative,
          Cumulative.RunningSum,
          Scans,
          Linalg,
          Masks,
          AttentionProducts,
          ScaledDotProductAttention,
          ScaledDotProductAttention.SafeSoftmax,
          AttentionGrad,
          Resampling,
          Lrn,
          Columns,
          Images,
          Indices,
          Boxes,
          Sampling,
          RandomNumbers,
          RandomSamples,
          Draws,
          MultiUpdates,
          Normalizations,
          Statistics,
          Pick,
          OneHot,
          ArgExtremum,
          Norm,
          Dropout,
          BatchNorm,
          Convolution,
          ConvActivation,
          Deconvolution,
          Recurrence,
          Recurrence.Grad,
          Rnn,
          Pooling,
          Indexing,
          Sorting,
          CtcLoss,
          RoiAlign,
          Correlation,
          BoxNms,
          BoxCoding {

    /** The outputs in terms of other operators, for the mode at hand. Shapes are known. */
    List<Tensor> expand(Expansion e);

    /** Whether {@link #vjp} is to be used instead of the expansion's gradient. */
    default boolean ownGradient() {
      return false;
    }

    @Override
    default void vjp(Vjp g) {
      throw new IllegalStateException(schema().name() + " is differentiated by its expansion");
    }
  }

  /** An operator that every backend lowers by hand, in one exhaustive switch. */
  sealed interface Library extends Op
      permits MatMul,
          OverImages,
          ScatterAdd,
          RowFused,
          ArgSort,
          CtcPaths,
          RoiPooling,
          BoxSuppression {

    /** The definition, in plain loops and double precision. */
    void reference(Reference r);
  }

  /**
   * An operator that makes shapes of values, and therefore runs on arrays alone, by means of other
   * operators. A graph that has one is not compiled: its operators run one after another. Its
   * gradient is that of what it runs; inference leaves open what depends on values.
   */
  sealed interface Dynamic extends Op permits BooleanMask {
    /** Runs on arrays whose types have been checked; gives the visible outputs. */
    List<Tensor> run(List<NDArray> in);

    @Override
    default void vjp(Vjp g) {
      throw new IllegalStateException(schema().name() + " is differentiated by what it runs");
    }
  }

  /** The door for users: an operator defined outside the framework, in plain Java. */
  non-sealed interface Custom extends Op {
    /** Name, attributes and samples; a user's operator must define them itself. */
    @Override
    OpSchema<?> schema();

    /** The definition, and what backends without a kernel of their own run. */
    void reference(Reference r);
  }
}

package io.gluonj.op;

import io.gluonj.types.DType;
import io.gluonj.types.GluonException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Shape inference for one application of an operator. {@link #in(int, Shape, String)} and {@link
 * #out(int, Shape, String)} unify: they fill what is unknown and check what is known, which makes
 * deferred initialization and shape checking the same thing.
 */
public final class Infer {
  private static final int MOST_OUTPUTS = 1 << 16;

  private final Op op;
  private final Supplier<String> where;
  private final List<Shape> in;
  private final List<DType> inTypes;
  private final List<Shape> out;
  private final List<DType> outTypes = new ArrayList<>();

  /**
   * Prepares one run.
   *
   * @param where gives node name, block path and source line for messages; may be empty
   * @param out what is already known of the outputs; unknown shapes at first
   */
  public Infer(Op op, Supplier<String> where, List<TensorType> in, List<Shape> out) {
    this.op = op;
    this.where = where;
    this.in = new ArrayList<>(in.size());
    this.inTypes = new ArrayList<>(in.size());
    DType common = in.isEmpty() ? DType.FLOAT32 : in.getFirst().dtype();
    for (TensorType type : in) {
      this.in.add(type.shape());
      inTypes.add(type.dtype());
      common = DType.promote(common, type.dtype());
    }
    this.out = new ArrayList<>(out);
    for (int i = 0; i < out.size(); i++) {
      outTypes.add(common);
    }
  }

  /** Infers the output types of an operator applied to fully known inputs. */
  public static List<TensorType> outputs(Op op, String where, List<TensorType> in) {
    Infer s = new Infer(op, () -> where, in, unknownOutputs(op, () -> where, in));
    s.run();
    return s.outputs();
  }

  /**
   * The outputs of an operator of which nothing is known yet.
   *
   * @throws ShapeException if the attributes ask for none, or for absurdly many
   */
  public static List<Shape> unknownOutputs(Op op, Supplier<String> where, List<TensorType> in) {
    int count = op.outputs();
    if (count < 1 || count > MOST_OUTPUTS) {
      throw new Infer(op, where, in, List.of())
          .error(
              "its attributes ask for " + count + " outputs",
              "an operator has 1 to " + MOST_OUTPUTS + " of them",
              "change the attribute that counts the parts");
    }
    return Collections.nCopies(count, Shape.unknown());
  }

  /**
   * Runs the operator's rule.
   *
   * @throws ShapeException if it is broken, with operator, place and all inputs
   */
  public void run() {
    if (op.schema().isVariadic() && !op.schema().isInternal() && in.isEmpty()) {
      throw error("got no inputs", "it takes one or more", "pass at least one");
    }
    int expected =
        op.schema().isVariadic() ? in.size() : op.schema().inputNames(op, in.size()).size();
    if (in.size() != expected) {
      throw error(
          "got " + in.size() + " inputs",
          "it takes " + expected + ": " + op.schema().inputNames(op, in.size()),
          "pass exactly these inputs");
    }
    try {
      op.infer(this);
      out.forEach(Infer::countable);
    } catch (InvalidArgumentException e) { // of a shape alone, which knows no operator
      throw error(e.what(), e.because(), e.fix());
    }
  }

  /** Refuses a result that no memory could hold before anything is computed from its extents. */
  private static void countable(Shape result) {
    if (result.isKnown()) {
      long _ = new TensorType(result, DType.FLOAT64).bytes();
    }
  }

  public int inputs() {
    return in.size();
  }

  /** What is known of input {@code i}. */
  public Shape in(int i) {
    return in.get(i);
  }

  /** What is known of output {@code i}. */
  public Shape out(int i) {
    return out.get(i);
  }

  public DType dtype(int i) {
    return inTypes.get(i);
  }

  /** States that input {@code i} has the given shape, as far as that is known. */
  public void in(int i, Shape required, String because) {
    Shape both = in.get(i).unify(required);
    if (both == null) {
      throw error(
          "input '"
              + op.schema().inputNames(op, in.size()).get(i)
              + "' has shape "
              + in.get(i)
              + " but "
              + required
              + " is required",
          because,
          "change the shape of this input or the attribute that asks for it");
    }
    in.set(i, both);
  }

  /** States that output {@code i} has the given shape, as far as that is known. */
  public void out(int i, Shape required, String because) {
    Shape both = out.get(i).unify(required);
    if (both == null) {
      throw error(
          "the result has shape " + required + " but " + out.get(i) + " is used",
          because,
          "change the inputs or what the result is used for");
    }
    out.set(i, both);
  }

  /** States the element type of output {@code i}; by default the promotion of all inputs. */
  public void dtype(int i, DType type) {
    outTypes.set(i, type);
  }

  /** Input 0 and output 0 have the same shape. */
  public void same() {
    out(0, in(0), "the result has the shape of the input");
    in(0, out(0), "the input has the shape of the result");
  }

  /** All inputs broadcast to the shape of every output. */
  public void broadcast() {
    if (in.size() == 1) {
      in(0, out(0), "the input has the shape of the result");
    }
    Shape common = Shape.scalar();
    for (int i = 0; i < in.size(); i++) {
      Shape next = Shape.broadcast(common, in(i));
      if (next == null) {
        throw error(
            "operands of shapes " + common + " and " + in(i) + " do not fit",
            "aligned at the last axis, extents must be equal or one of them 1",
            "reshape or expand one operand");
      }
      common = next;
    }
    for (int i = 0; i < out.size(); i++) {
      out(i, common, "the result has the operands' broadcast shape");
    }
  }

  /** The exception for a violated rule, with operator, place and all inputs. */
  public GluonException error(String what, String because, String fix) {
    var text = new StringBuilder(op.schema().name());
    String place = where.get();
    if (!place.isEmpty()) {
      text.append(' ').append(place);
    }
    text.append(": ").append(what).append("\n  inputs   ");
    List<String> names = op.schema().inputNames(op, in.size());
    for (int i = 0; i < in.size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(i < names.size() ? names.get(i) : "input" + i)
          .append(' ')
          .append(in.get(i));
    }
    text.append("\n  operator ").append(op);
    return new ShapeException(text.toString(), because, fix);
  }

  /** The inputs with everything that is known now. */
  public List<Shape> refinedInputs() {
    return List.copyOf(in);
  }

  /** The outputs with everything that is known now. */
  public List<TensorType> outputs() {
    var types = new ArrayList<TensorType>();
    for (int i = 0; i < out.size(); i++) {
      types.add(new TensorType(out.get(i), outTypes.get(i)));
    }
    return types;
  }
}

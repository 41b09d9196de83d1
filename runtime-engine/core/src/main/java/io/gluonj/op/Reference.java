package io.gluonj.op;

import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/**
 * The operands of a library operator's definition, as row-major doubles.
 *
 * @param in values of the inputs
 * @param out zero-filled arrays for the outputs, to be written
 */
public record Reference(
    List<double[]> in, List<TensorType> inTypes, List<double[]> out, List<TensorType> outTypes) {
  public double[] in(int i) {
    return in.get(i);
  }

  public double[] out(int i) {
    return out.get(i);
  }

  public Shape inShape(int i) {
    return inTypes.get(i).shape();
  }

  public Shape outShape(int i) {
    return outTypes.get(i).shape();
  }
}

package io.gluonj.backend.cpu;

import io.gluonj.op.OverImages;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What kernels to choose from compute.
 *
 * @param what the operator
 * @param ofBatches what it is with any number of images, operands' types included
 * @param batch how many images there are
 */
record Problem(String what, String ofBatches, long batch) {

  /** That of an operator for operands of these types. */
  static Problem of(OverImages op, List<TensorType> in, List<TensorType> out) {
    return of(op.toString(), op::isImages, in, out);
  }

  /**
   * A problem.
   *
   * @param images which operands are batches of images; inputs count from 0, outputs follow them
   */
  static Problem of(String what, IntPredicate images, List<TensorType> in, List<TensorType> out) {
    var operands = new ArrayList<>(in);
    operands.addAll(out);
    var types = new ArrayList<String>();
    String text = what;
    long batch = 0;
    for (int i = 0; i < operands.size(); i++) {
      TensorType type = operands.get(i);
      if (images.test(i)) {
        batch = type.shape().dim(0);
        String shape = type.shape().toString();
        String any = "(*" + shape.substring(shape.indexOf(','));
        text = text.replace(shape, any); // gradients say the shape of their result
        types.add(type.dtype() + any);
      } else {
        types.add(type.toString());
      }
    }
    return new Problem(what, text + "\n" + types, batch);
  }
}

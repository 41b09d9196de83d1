package io.gluonj.rnn;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.gluon.ParamSpec;
import io.gluonj.op.Indices;
import io.gluonj.op.Rearrange;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** Written by hand: how many parameters a recurrent layer has is known only at run time. */
final class RecurrentDefinition<B extends RecurrentLayer<B>> implements BlockDefinition<B> {
  private static final List<String> WEIGHTS = List.of("i2h_weight", "h2h_weight");
  private static final List<String> BIASES = List.of("i2h_bias", "h2h_bias");

  private final String hint;

  RecurrentDefinition(String hint) {
    this.hint = hint;
  }

  @Override
  public String hint() {
    return hint;
  }

  @Override
  public int inputs() {
    return -1;
  }

  @Override
  public boolean hybrid() {
    return true;
  }

  @Override
  public void bind(B block, Members members) {
    int index = 0;
    for (String prefix : block.prefixes()) {
      int layer = index++ / block.directions();
      long channels = block.inputs(layer, block.declaredChannels());
      param(block, members, prefix, "i2h_weight", ParamSpec.shape(block.rows(), channels));
      param(block, members, prefix, "h2h_weight", ParamSpec.shape(block.rows(), block.hidden()));
      for (String bias : BIASES) {
        param(block, members, prefix, bias, ParamSpec.shape(block.rows()));
      }
    }
  }

  private void param(B block, Members members, String prefix, String name, ParamSpec spec) {
    String whole = prefix + name;
    block.registered(whole, members.param(whole, null, spec.init(block.initializer(name))));
  }

  @Override
  public List<Tensor> forward(B block, List<Tensor> inputs, ForwardParams params) {
    int states = block.cell().hasCell() ? 2 : 1;
    int lengths = block.usesSequenceLength() ? 1 : 0;
    boolean given = inputs.size() == 1 + states + lengths;
    if (!given && inputs.size() != 1 + lengths) {
      throw new InvalidArgumentException(
          block.path() + " was called with " + inputs.size() + " inputs",
          "it takes the data, then "
              + states
              + (states == 1 ? " state" : " states")
              + " or none"
              + (lengths == 1 ? ", then the sequences' lengths" : ""),
          "pass beginState(batch, device), or no state for zeros");
    }
    Tensor x = inputs.getFirst();
    if (block.batchFirst()) {
      x = swapped(x);
    }
    if (x.shape().hasRank() && x.shape().rank() == 3 && x.shape().dim(2) != Shape.UNKNOWN) {
      block.refine(x.shape().dim(2));
    }
    var operands = new ArrayList<Tensor>(List.of(x, parameters(block, params)));
    if (given) {
      operands.addAll(inputs.subList(1, 1 + states));
    } else {
      Tensor zeros = zeros(block, x);
      for (int i = 0; i < states; i++) {
        operands.add(zeros);
      }
    }
    operands.addAll(inputs.subList(inputs.size() - lengths, inputs.size()));
    List<? extends Tensor> results = Ops.callAll(block.operator(), "", operands);
    Tensor y = block.batchFirst() ? swapped(results.getFirst()) : results.getFirst();
    var outputs = new ArrayList<Tensor>();
    outputs.add(y);
    if (given) {
      outputs.addAll(results.subList(1, 1 + states));
    }
    return outputs;
  }

  private static Tensor swapped(Tensor x) {
    return Ops.call(new Rearrange.SwapAxis(0, 1), x);
  }

  /** All weights, then all biases, in one vector. */
  private Tensor parameters(B block, ForwardParams params) {
    var flat = new ArrayList<Tensor>();
    for (List<String> names : List.of(WEIGHTS, BIASES)) {
      for (String prefix : block.prefixes()) {
        names.forEach(name -> flat.add(params.get(prefix + name).reshape(-1)));
      }
    }
    return Ops.call(new Indices.RnnParamConcat(0), flat.toArray(Tensor[]::new));
  }

  /** Zeros for the batch of {@code x}, made of it so that they stand on its device. */
  private Tensor zeros(B block, Tensor x) {
    if (!x.shape().isKnown()) {
      throw new InvalidArgumentException(
          block.path() + " was called without states on data of shape " + x.shape(),
          "states of zeros are as large as the batch, which is not known",
          "pass the states, or data whose shape is known");
    }
    Tensor none = x.sliceAxis(0, 0, 1).sliceAxis(2, 0, 1).zerosLike();
    return none.broadcastTo(
        (long) block.layers() * block.directions(), x.shape().dim(1), block.hidden());
  }
}

package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * Plumbing of {@link LeNet}: children {@code conv1}, {@code pool1}, {@code conv2}, {@code pool2},
 * {@code hidden}, {@code output}.
 */
@Generated("io.gluonj.processor.BlockProcessor")
public final class LeNet_Gluon implements BlockDefinition<LeNet> {
  static {
    BlockDefinitions.register(LeNet.class, new LeNet_Gluon());
  }

  /** For the definitions of subclasses. */
  public LeNet_Gluon() {}

  @Override
  public String hint() {
    return "lenet";
  }

  @Override
  public int inputs() {
    return 1;
  }

  @Override
  public boolean hybrid() {
    return true;
  }

  @Override
  public void bind(LeNet block, Members members) {
    members.child("conv1", block.conv1);
    members.child("pool1", block.pool1);
    members.child("conv2", block.conv2);
    members.child("pool2", block.pool2);
    members.child("hidden", block.hidden);
    members.child("output", block.output);
  }

  @Override
  public List<Tensor> forward(LeNet block, List<Tensor> inputs, ForwardParams params) {
    return List.of(block.forward(inputs.get(0)));
  }
}

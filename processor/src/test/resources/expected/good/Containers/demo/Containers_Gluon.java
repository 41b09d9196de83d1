package demo;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * Plumbing of {@link Containers}: children {@code layers}, {@code heads}, {@code gates},
 * {@code stages}, {@code body}, {@code shortcut}.
 */
@Generated("io.gluonj.processor.BlockProcessor")
final class Containers_Gluon implements BlockDefinition<Containers<?>> {
  static {
    BlockDefinitions.register(Containers.class, new Containers_Gluon());
  }

  @Override
  public String hint() {
    return "containers";
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
  public void bind(Containers<?> block, Members members) {
    members.children("layers", block.layers);
    members.children("heads", block.heads);
    members.children("gates", block.gates);
    members.children("stages", block.stages);
    members.child("body", block.body);
    members.child("shortcut", block.shortcut);
  }

  @Override
  public List<Tensor> forward(Containers<?> block, List<Tensor> inputs, ForwardParams params) {
    return List.of(block.forward(inputs.get(0)));
  }
}

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/** Plumbing of {@link NoPackage}. */
@Generated("io.gluonj.processor.BlockProcessor")
public final class NoPackage_Gluon implements BlockDefinition<NoPackage> {
  static {
    BlockDefinitions.register(NoPackage.class, new NoPackage_Gluon());
  }

  /** For the definitions of subclasses. */
  public NoPackage_Gluon() {}

  @Override
  public String hint() {
    return "nopackage";
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
  public void bind(NoPackage block, Members members) {}

  @Override
  public List<Tensor> forward(NoPackage block, List<Tensor> inputs, ForwardParams params) {
    return List.of(block.forward(inputs.get(0)));
  }
}

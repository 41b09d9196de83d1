import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.tensor.Tensor;

@Block
public class NoPackage extends HybridBlock {
  public NoPackage() {}

  @Forward
  Tensor forward(Tensor x) {
    return x;
  }
}

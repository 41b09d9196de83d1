package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;
import java.util.List;

class Several {
  @Block
  static class Concat extends HybridBlock {
    @Forward
    Tensor forward(List<Tensor> parts) {
      return parts.get(0);
    }
  }

  @Block
  static class Split extends HybridBlock {
    @Forward
    List<Tensor> forward(Tensor whole) {
      return List.of(whole, whole);
    }
  }

  @Block
  static class Varargs extends HybridBlock {
    @Param(shape = "1")
    Parameter scale;

    @Forward
    Tensor[] forward(Tensor[] parts, Tensor scale) {
      return new Tensor[] {parts[0].mul(scale)};
    }
  }

  @Block
  static class First extends HybridBlock {
    @Forward
    Tensor forward(Tensor... parts) {
      return parts[0];
    }
  }
}

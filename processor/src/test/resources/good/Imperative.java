package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

class Imperative {
  @Block
  static class TopK extends io.gluonj.gluon.Block {
    final boolean scaled = true;

    @Param(shape = "1")
    Parameter shift;

    @Param(shape = "1", condition = "scaled")
    @Nullable Parameter scale;

    @Forward
    NDArray forward(NDArray x, NDArray shift, @Nullable NDArray scale) {
      return x.topK(5);
    }
  }

  @Block
  static class Sort extends io.gluonj.gluon.Block {
    @Forward
    List<NDArray> forward(List<NDArray> parts) {
      return parts;
    }
  }

  @Block
  static class Swap extends io.gluonj.gluon.Block {
    @Forward
    NDArray[] forward(NDArray... parts) {
      return parts;
    }
  }
}

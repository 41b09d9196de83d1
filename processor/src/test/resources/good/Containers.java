package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.nn.Dense;
import io.gluonj.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

@Block
class Containers<B extends HybridBlock> extends HybridBlock {
  static final Dense SHARED = new Dense(1);

  final List<Dense> layers = new ArrayList<>();
  final Map<String, ? extends HybridBlock> heads = new LinkedHashMap<>();
  final Dense[] gates = {new Dense(1), new Dense(2)};
  final ArrayList<B> stages = new ArrayList<>();
  final B body;
  final String[] names = {"a"};
  final List<String> labels = List.of();
  final transient HybridBlock parent;
  transient Set<Dense> seen = Set.of();
  @Nullable Dense shortcut;

  Containers(B body, HybridBlock parent) {
    this.body = body;
    this.parent = parent;
  }

  @Forward
  Tensor forward(Tensor x) {
    return body.call(x);
  }
}

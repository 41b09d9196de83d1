package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.nn.Dense;
import io.gluonj.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@Block
class Net extends HybridBlock {
  final Set<Dense> branches = new HashSet<>();
  final Map<Integer, Dense> byNumber = new LinkedHashMap<>();
  final List<List<Dense>> stages = new ArrayList<>();
  final Dense[][] grid = {};
  final Optional<Dense> shortcut = Optional.empty();

  @Forward
  Tensor forward(Tensor x) {
    for (Dense branch : branches) {
      x = branch.call(x);
    }
    return x;
  }
}

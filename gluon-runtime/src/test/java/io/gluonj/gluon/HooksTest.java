package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.gluon.Samples.DEVICE;
import static io.gluonj.gluon.Samples.ramp;

import io.gluonj.gluon.Samples.Net;
import io.gluonj.initializer.Uniform;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HooksTest {
  private static Net net() {
    Net net = new Net();
    net.initialize(new Uniform(), DEVICE);
    return net;
  }

  @Test
  void hooksSeeInputsAndOutputsUntilTheyAreClosed() {
    Net net = net();
    List<String> seen = new ArrayList<>();
    try (var _ =
            net.registerForwardPreHook((b, in) -> seen.add("before " + in.getFirst().shape()));
        var _ =
            net.second.registerForwardHook(
                (b, in, out) -> seen.add(b.path() + " " + out.getFirst().shape()))) {
      net.call(ramp(1, 2, 5));
    }
    net.call(ramp(1, 2, 5));
    assertThat(seen).containsExactly("before (2, 5)", "Net.second (2, 3)").inOrder();
  }

  @Test
  void hooksOfChildrenRunInHybridizedNetsToo() {
    Net net = net();
    net.hybridize();
    net.call(ramp(1, 2, 5));
    List<Shape> seen = new ArrayList<>();
    try (var _ = net.first.registerForwardHook((b, in, out) -> seen.add(out.getFirst().shape()))) {
      net.call(ramp(1, 2, 5));
      net.call(ramp(1, 3, 5));
    }
    int compiled = net.compilations();
    net.call(ramp(1, 2, 5));
    assertThat(seen).containsExactly(Shape.of(2, 4), Shape.of(3, 4)).inOrder();
    assertThat(net.compilations()).isEqualTo(compiled);
  }

  @Test
  void applyVisitsChildrenFirst() {
    List<String> seen = new ArrayList<>();
    new Net().apply(b -> seen.add(b.path()));
    assertThat(seen).containsExactly("Net.first", "Net.second", "Net").inOrder();
  }
}

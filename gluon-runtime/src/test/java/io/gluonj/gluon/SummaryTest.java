package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.gluon.Samples.Net;
import io.gluonj.nn.HybridSequential;
import io.gluonj.tensor.GradReq;
import io.gluonj.types.Shape;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void tableNeedsNoValues() {
    Net net = new Net();
    net.hybridize();
    net.collectParams();
    net.second.bias.gradReq(GradReq.NULL);
    assertThat(net.summary(Shape.of(7, 5)))
        .isEqualTo(
            """
            ------------------------------------------
            Layer (type)         Output Shape  Param #
            ------------------------------------------
            Input                (7, 5)        0
            Net.first (Linear)   (7, 4)        24
            Net.second (Linear)  (7, 3)        15
            Net (Net)            (7, 3)        0
            ------------------------------------------
            Parameters: 39 in total, 36 trainable, 3 not trainable
            """);
    assertThat(net.compilations()).isEqualTo(0);
    assertThat(net.first.weight.shape()).isEqualTo(Shape.of(4, Shape.UNKNOWN));
  }

  @Test
  void treeIsPrintedAsGluonDoes() {
    assertThat(new HybridSequential().add(new Net()).toString())
        .isEqualTo(
            """
            HybridSequential(
              (0): Net(
                (first): Linear()
                (second): Linear()
              )
            )\
            """);
  }
}

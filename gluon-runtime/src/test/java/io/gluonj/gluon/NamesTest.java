package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.gluon.Samples.Linear;
import io.gluonj.gluon.Samples.Net;
import io.gluonj.nn.HybridSequential;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamesTest {
  @BeforeEach
  void restart() {
    Block.restartNames();
  }

  @Test
  void topLevelBlocksAreNumberedByHint() {
    assertThat(new Linear(2).prefix()).isEqualTo("linear0_");
    assertThat(new Linear(2).name()).isEqualTo("linear1");
    assertThat(new Net().prefix()).isEqualTo("net0_");
  }

  @Test
  void namesAreThoseOfTheTreeAndNotOfConstruction() {
    Linear early = new Linear(2);
    HybridSequential net = new HybridSequential().add(new Linear(2), early);
    assertThat(net.collectParams().names())
        .containsExactly(
            "hybridsequential0_linear0_weight",
            "hybridsequential0_linear0_bias",
            "hybridsequential0_linear1_weight",
            "hybridsequential0_linear1_bias")
        .inOrder();
    assertThat(early.path()).isEqualTo("HybridSequential.1");
  }

  @Test
  void structuralNamesFollowFields() {
    assertThat(new Net().collectParams().structural().keySet())
        .containsExactly("first.weight", "first.bias", "second.weight", "second.bias")
        .inOrder();
  }

  @Test
  void childrenAreNumberedForEachParentAndHint() {
    HybridSequential net =
        new HybridSequential().add(new Net(), new Linear(2), new Net(), new Linear(2));
    assertThat(net.collectParams().names())
        .containsAtLeast(
            "hybridsequential0_net0_linear1_bias",
            "hybridsequential0_linear0_bias",
            "hybridsequential0_net1_linear0_weight",
            "hybridsequential0_linear1_weight");
  }

  @Test
  void explicitPrefixTakesNoNumber() {
    HybridSequential net = new HybridSequential().prefix("model_");
    net.add(new Linear(2).prefix("a_"), new Linear(2));
    assertThat(net.collectParams().names())
        .containsExactly(
            "model_a_weight", "model_a_bias", "model_linear0_weight", "model_linear0_bias");
    assertThat(new HybridSequential().prefix()).isEqualTo("hybridsequential0_");
  }

  @Test
  void emptyPrefixIsTransparent() {
    HybridSequential features = new HybridSequential().prefix("");
    features.add(new Linear(2), new Linear(2));
    HybridSequential net = new HybridSequential().add(new Linear(2), features, new Linear(2));
    assertThat(net.collectParams("").names())
        .containsAtLeast(
            "hybridsequential0_linear0_weight",
            "hybridsequential0_linear1_weight",
            "hybridsequential0_linear2_weight",
            "hybridsequential0_linear3_weight");
    assertThat(net.collectParams().structural().keySet()).contains("1.1.weight");
  }

  @Test
  void topLevelTransparentBlockLeavesItsChildrenAtTheTop() {
    HybridSequential net = new HybridSequential().prefix("");
    net.add(new Linear(2), new Linear(2));
    assertThat(net.collectParams().names())
        .containsExactly("linear0_weight", "linear0_bias", "linear1_weight", "linear1_bias");
  }

  @Test
  void sharedBlockKeepsTheNameOfItsFirstPlace() {
    Linear shared = new Linear(2, 2);
    HybridSequential net = new HybridSequential().add(shared, new Linear(2, 2), shared);
    assertThat(net.collectParams().names())
        .containsExactly(
            "hybridsequential0_linear0_weight",
            "hybridsequential0_linear0_bias",
            "hybridsequential0_linear1_weight",
            "hybridsequential0_linear1_bias");
    assertThat(net.collectParams().structural().get("2.weight"))
        .isSameInstanceAs(net.collectParams().structural().get("0.weight"));
  }

  @Test
  void restartBeginsAtZeroAgain() {
    assertThat(new Net().name()).isEqualTo("net0");
    Block.restartNames();
    assertThat(new Net().name()).isEqualTo("net0");
  }

  @Test
  void collectParamsSelectsByTheBeginningOfTheFullName() {
    Net net = new Net();
    assertThat(net.collectParams("net0_linear1").names())
        .containsExactly("net0_linear1_weight", "net0_linear1_bias");
    assertThat(net.collectParams("linear1").size()).isEqualTo(0);
    assertThat(net.collectParams(".*weight|.*nothing").size()).isEqualTo(2);
    assertThat(net.collectParams(p -> p.shortName().equals("bias")).size()).isEqualTo(2);
    assertThat(net.first.params().names())
        .containsExactly("net0_linear0_weight", "net0_linear0_bias");
    assertThat(net.params().size()).isEqualTo(0);
  }
}

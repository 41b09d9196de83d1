package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.gluon.Samples.DEVICE;
import static io.gluonj.gluon.Samples.ramp;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.gluon.Samples.Linear;
import io.gluonj.gluon.Samples.Net;
import io.gluonj.initializer.One;
import io.gluonj.initializer.Uniform;
import io.gluonj.tensor.GradReq;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParameterDictTest {
  @BeforeEach
  void restart() {
    Block.restartNames();
  }

  @Test
  void getPutsThePrefixBeforeTheName() {
    ParameterDict params = new ParameterDict("block1_");
    Parameter weight = params.get("weight", ParamSpec.shape(2, 2));
    assertThat(weight.name()).isEqualTo("block1_weight");
    assertThat(params.get("weight")).isSameInstanceAs(weight);
    assertThat(params.at("block1_weight")).isSameInstanceAs(weight);
    assertThat(params.toString())
        .isEqualTo(
            """
            block1_ (
              Parameter block1_weight (shape=(2, 2), dtype=float32)
            )\
            """);
  }

  @Test
  void secondRequestFillsUnknownExtentsAndRefusesContradictions() {
    ParameterDict params = new ParameterDict();
    Parameter weight = params.get("weight", ParamSpec.shape(10, 0));
    params.get("weight", ParamSpec.shape(0, 5));
    assertThat(weight.shape()).isEqualTo(Shape.of(10, 5));
    var shape =
        assertThrows(
            InvalidArgumentException.class, () -> params.get("weight", ParamSpec.shape(10, 6)));
    assertThat(shape).hasMessageThat().contains("shape (10, 6) was asked for");
    var request =
        assertThrows(
            InvalidArgumentException.class,
            () -> params.get("weight", ParamSpec.shape(10, 5).gradReq("add")));
    assertThat(request).hasMessageThat().contains("gradReq ADD was asked for");
    assertThrows(
        InvalidArgumentException.class,
        () -> params.get("weight", ParamSpec.shape(10, 5).dtype("float64")));
  }

  @Test
  void sharedDictionaryIsSearchedBeforeOneIsMade() {
    ParameterDict first = new ParameterDict("a_");
    Parameter weight = first.get("weight", ParamSpec.shape(2));
    ParameterDict second = new ParameterDict("a_", first);
    assertThat(second.get("weight")).isSameInstanceAs(weight);
    assertThat(second.get("other", ParamSpec.shape(2))).isNotNull();
    assertThat(first.names()).containsExactly("a_weight");
  }

  @Test
  void netsShareParameters() {
    Net first = new Net();
    first.initialize(new Uniform(), DEVICE, Shape.of(1, 5));
    Net second = new Net();
    second.shareParams(first.collectParams());
    assertThat(second.collectParams().names()).isEqualTo(first.collectParams().names());
    assertThat(second.collectParams().at("first.weight"))
        .isSameInstanceAs(first.collectParams().at("first.weight"));
    assertThat(second.call(ramp(0.1, 2, 5)).toFloats())
        .isEqualTo(first.call(ramp(0.1, 2, 5)).toFloats());
  }

  @Test
  void sharingComesBeforeTheFirstUse() {
    Net net = new Net();
    net.collectParams();
    var e =
        assertThrows(
            InvalidArgumentException.class, () -> net.shareParams(new Net().collectParams()));
    assertThat(e).hasMessageThat().contains("after its first use");
  }

  @Test
  void unknownNameProposesTheNearest() {
    ParameterDict params = new Net().collectParams();
    var e = assertThrows(InvalidArgumentException.class, () -> params.at("net0_linear0_wieght"));
    assertThat(e).hasMessageThat().contains("did you mean net0_linear0_weight");
    assertThat(params.at("second.bias").name()).isEqualTo("net0_linear1_bias");
  }

  @Test
  void blockParamsMayBeExtended() {
    Linear dense = new Linear(2, 2);
    Parameter extra = dense.params().get("scale", ParamSpec.shape(1));
    assertThat(extra.name()).isEqualTo("linear0_scale");
    assertThat(dense.collectParams().structural().keySet())
        .containsExactly("weight", "bias", "scale");
  }

  @Test
  void updateRefusesTwoParametersOfOneName() {
    ParameterDict a = new ParameterDict();
    a.get("weight", ParamSpec.shape(1));
    ParameterDict b = new ParameterDict();
    b.get("weight", ParamSpec.shape(1));
    assertThrows(InvalidArgumentException.class, () -> a.update(b));
    a.update(a);
    assertThat(a.size()).isEqualTo(1);
  }

  @Test
  void settingsApplyToAll() {
    Net net = new Net();
    ParameterDict params = net.collectParams();
    params.initialize(new One(), DEVICE);
    params.gradReq(GradReq.ADD);
    params.lrMult(0.5);
    params.wdMult(0);
    for (Parameter p : params) {
      assertThat(p.gradReq()).isEqualTo(GradReq.ADD);
      assertThat(p.lrMult()).isEqualTo(0.5);
      assertThat(p.wdMult()).isEqualTo(0);
    }
    assertThat(net.first.bias.data().toFloats()).isEqualTo(new float[4]);
  }
}

package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.gluon.Samples.DEVICE;
import static io.gluonj.gluon.Samples.ramp;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.gluon.Samples.Linear;
import io.gluonj.initializer.One;
import io.gluonj.types.InvalidArgumentException;
import org.junit.jupiter.api.Test;

class BlockDefinitionsTest {
  private static class Bare extends HybridBlock {}

  private static class WithMember extends Linear {
    final Linear more = new Linear(2);

    WithMember() {
      super(3);
    }
  }

  private static class Renamed extends Linear {
    Renamed() {
      super(3);
    }

    @Override
    protected String hint() {
      return "renamed";
    }
  }

  @Test
  void missingProcessorIsExplained() {
    var e = assertThrows(InvalidArgumentException.class, () -> new Bare().collectParams());
    assertThat(e).hasMessageThat().contains("BlockDefinitionsTest_Bare_Gluon does not exist");
    assertThat(e).hasMessageThat().contains("<artifactId>gluonj-processor</artifactId>");
    assertThat(e).hasMessageThat().contains("since JDK 23");
  }

  @Test
  void subclassWithMembersNeedsItsOwnDefinition() {
    WithMember block = new WithMember();
    assertThat(block.more).isNotNull();
    var e = assertThrows(InvalidArgumentException.class, block::collectParams);
    assertThat(e).hasMessageThat().contains("its field 'more' would not be registered");
  }

  @Test
  void subclassThatAddsNothingUsesItsSuperclass() {
    Block.restartNames();
    Linear anonymous = new Linear(3) {};
    anonymous.initialize(new One(), DEVICE);
    assertThat(anonymous.call(ramp(1, 1, 2)).toFloats()).isEqualTo(new float[] {1, 1, 1});
    assertThat(anonymous.path()).isEqualTo("Linear");
    assertThat(new Renamed().collectParams().names())
        .containsExactly("renamed0_weight", "renamed0_bias");
  }
}

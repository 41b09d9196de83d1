package io.gluonj.nn;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.gluon.Block;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequentialTest {
  private static HybridSequential chain() {
    return new HybridSequential()
        .add(new HybridSequential(), new HybridSequential(), new HybridSequential());
  }

  @Test
  void blocksAreReachedByPosition() {
    HybridSequential chain = chain();
    assertThat(chain.size()).isEqualTo(3);
    assertThat(chain.get(-1)).isSameInstanceAs(chain.get(2));
    List<Block> blocks = new ArrayList<>();
    chain.forEach(blocks::add);
    assertThat(blocks).containsExactly(chain.get(0), chain.get(1), chain.get(2)).inOrder();
    var e = assertThrows(InvalidArgumentException.class, () -> chain.get(3));
    assertThat(e).hasMessageThat().contains("it has 3 blocks");
  }

  @Test
  void sliceHoldsTheSameBlocksUnderTheSamePrefix() {
    HybridSequential chain = chain();
    HybridSequential part = chain.slice(1, 3);
    assertThat(part.size()).isEqualTo(2);
    assertThat(part.get(0)).isSameInstanceAs(chain.get(1));
    assertThat(part.prefix()).isEqualTo(chain.prefix());
    assertThat(chain.get(1).path()).isEqualTo("HybridSequential.1");
    assertThrows(InvalidArgumentException.class, () -> chain.slice(2, 4));
  }

  @Test
  void emptyChainGivesItsInput() {
    NDArray x = NDArray.of(new float[] {1, 2}, Shape.of(2), Device.reference());
    assertThat(new Sequential().call(x)).isSameInstanceAs(x);
  }
}

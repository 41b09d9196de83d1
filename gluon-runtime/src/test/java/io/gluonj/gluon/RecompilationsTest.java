package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.gluon.Recompilations.Signature;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

final class RecompilationsTest {
  private static Signature signature(Device device, long... dims) {
    return new Signature(List.of(new TensorType(Shape.of(dims), DType.FLOAT32)), device);
  }

  /** What a number of compilations for growing batches log. */
  private static List<String> logged(int compilations) {
    var messages = new ArrayList<String>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            messages.add(entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(Recompilations.class.getName());
    boolean parents = logger.getUseParentHandlers();
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
    try {
      Recompilations recompilations = new Recompilations();
      for (int i = 1; i <= compilations; i++) {
        recompilations.note("block net", signature(Device.cpu(), i, 3), "");
      }
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(parents);
    }
    return messages;
  }

  @Test
  void warnsAtTheEighthAndAtEveryDoubling() {
    assertThat(logged(7)).isEmpty();
    assertThat(logged(15)).hasSize(1);
    assertThat(logged(40)).hasSize(3);
  }

  @Test
  void theWarningNamesTheCause() {
    String warning = logged(8).getFirst();
    assertThat(warning).contains("block net was compiled 8 times");
    assertThat(warning).contains("input 0 was float32(7, 3), then float32(8, 3) (axis 0 changes)");
    assertThat(warning).contains("fix");
  }

  @Test
  void everyKindOfDifferenceIsNamed() {
    Signature one = signature(Device.cpu(), 2, 3);
    assertThat(Recompilations.difference(one, signature(Device.reference(), 2, 3)))
        .isEqualTo("it was called on cpu, then on reference");
    assertThat(Recompilations.difference(one, signature(Device.cpu(), 2, 3, 1)))
        .isEqualTo("input 0 was float32(2, 3), then float32(2, 3, 1)");
    assertThat(Recompilations.difference(one, new Signature(List.of(), Device.cpu())))
        .isEqualTo("it was called with 1 inputs, then with 0");
    assertThat(Recompilations.difference(one, one))
        .isEqualTo("it is called with the same types, and what it is made of changes");
  }
}

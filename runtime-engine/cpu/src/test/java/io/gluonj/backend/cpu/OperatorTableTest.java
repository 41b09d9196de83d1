package io.gluonj.backend.cpu;

import io.gluonj.testing.OperatorTable;
import io.gluonj.types.Device;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every sample of every operator, on the CPU against the definition. */
final class OperatorTableTest {
  @TestFactory
  Stream<DynamicTest> everySampleAgreesWithTheDefinition() {
    return OperatorTable.tests(Device.cpu());
  }

  @TestFactory
  Stream<DynamicTest> everyGradientAgreesWithTheDefinition() {
    return OperatorTable.gradientTests(Device.cpu());
  }
}

package io.gluonj.test.gpu;

import io.gluonj.testing.GpuTest;
import io.gluonj.testing.OperatorTable;
import io.gluonj.testing.TestDevices;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every sample of every operator, on a GPU against the definition; the CPU's are in its module. */
@GpuTest
final class OperatorTableOnGpuTest {
  @TestFactory
  Stream<DynamicTest> everySampleAgreesWithTheDefinition() {
    return OperatorTable.tests(TestDevices.gpu());
  }

  @TestFactory
  Stream<DynamicTest> everyGradientAgreesWithTheDefinition() {
    return OperatorTable.gradientTests(TestDevices.gpu());
  }
}

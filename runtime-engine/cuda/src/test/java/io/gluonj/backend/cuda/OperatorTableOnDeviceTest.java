package io.gluonj.backend.cuda;

import io.gluonj.testing.GpuTest;
import io.gluonj.testing.OperatorTable;
import io.gluonj.testing.TestDevices;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every sample of every operator on a GPU, through the whole backend, against the definition. */
@GpuTest
final class OperatorTableOnDeviceTest {
  @TestFactory
  Stream<DynamicTest> everySampleAgreesWithTheDefinition() {
    return OperatorTable.tests(TestDevices.gpu());
  }

  @TestFactory
  Stream<DynamicTest> everyGradientAgreesWithTheDefinition() {
    return OperatorTable.gradientTests(TestDevices.gpu());
  }
}

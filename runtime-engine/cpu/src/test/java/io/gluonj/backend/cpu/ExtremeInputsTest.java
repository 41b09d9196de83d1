package io.gluonj.backend.cpu;

import io.gluonj.testing.ExtremeTable;
import io.gluonj.types.Device;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every sample of every operator with extreme values and extents, against the definition. */
final class ExtremeInputsTest {
  @TestFactory
  Stream<DynamicTest> everySampleAgreesWithTheDefinition() {
    return ExtremeTable.tests(Device.cpu());
  }
}

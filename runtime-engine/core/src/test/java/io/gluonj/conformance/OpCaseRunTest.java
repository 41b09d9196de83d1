package io.gluonj.conformance;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.conformance.OpCaseResult.Failed;
import io.gluonj.conformance.OpCaseResult.Passed;
import io.gluonj.conformance.OpCaseResult.Unsupported;
import io.gluonj.tensor.LiveArrays;
import io.gluonj.types.Device;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

final class OpCaseRunTest {
  private static OpCaseResult run(String line) throws IOException {
    OpCase recorded = OpCaseFile.read(new StringReader(line), "cases").getFirst();
    return new OpCaseRun(Device.reference(), 1e-5).run(recorded);
  }

  private static String square(String output, String gradient) {
    return """
    {"id":"a","op":"square","attrs":{},\
    "inputs":[{"name":"data","shape":[1,3],"data":[1,2,3]}],\
    "outputs":[{"shape":[1,3],"data":%s}],"head_grads":[[1,1,1]],"grads":{"data":%s}}\
    """
        .formatted(output, gradient);
  }

  @Test
  void equalValuesPass() throws IOException {
    assertThat(run(square("[1,4,9]", "[2,4,6]"))).isInstanceOf(Passed.class);
    assertThat(run(square("[1,4,9.00009]", "[2,4,6]"))).isInstanceOf(Passed.class);
  }

  @Test
  void theLargestDeviationIsNamed() throws IOException {
    var failed = (Failed) run(square("[1,4.1,10]", "[2,4,6]"));
    assertThat(failed.differences()).containsExactly("output 0 at (0, 2) is 9.0, expected 10.0");
    failed = (Failed) run(square("[1,4,\"NaN\"]", "[2,4,6]"));
    assertThat(failed.differences()).containsExactly("output 0 at (0, 2) is 9.0, expected NaN");
    failed = (Failed) run(square("[1,4,9]", "[2,3,6]"));
    assertThat(failed.differences())
        .containsExactly("gradient of data at (0, 1) is 4.0, expected 3.0");
  }

  @Test
  void aTypeIsPartOfAResult() throws IOException {
    var failed =
        (Failed)
            run(
                square("[1,4,9]", "[2,4,6]")
                    .replace("\"outputs\":[{\"shape\":[1,3]", "\"outputs\":[{\"shape\":[3]"));
    assertThat(failed.differences().getFirst())
        .isEqualTo("output 0 has type float32(1, 3), expected float32(3,)");
  }

  @Test
  void whatCannotRunIsToldFromWhatIsNotSupported() throws IOException {
    String whole = square("[1,4,9]", "[2,4,6]");
    var unknown = (Unsupported) run(whole.replace("square", "sqare"));
    assertThat(unknown.reason()).contains("did you mean square");
    var attribute = (Unsupported) run(whole.replace("\"attrs\":{}", "\"attrs\":{\"a\":\"1\"}"));
    assertThat(attribute.reason()).contains("attribute a is unknown");
    var shape =
        (Failed) run(whole.replace("square", "Reshape").replace("{}", "{\"shape\":\"(7,)\"}"));
    assertThat(shape.differences()).hasSize(1);
    assertThat(shape.differences().getFirst()).contains("Reshape");
  }

  @Test
  void predictionIsAMode() throws IOException {
    String dropout =
        """
        {"id":"a","op":"Dropout","attrs":{"p":"0.5"},"train":%s,\
        "inputs":[{"name":"data","shape":[64],"data":%s}],"outputs":[{"shape":[64],"data":%s}]}\
        """;
    String ones = java.util.Collections.nCopies(64, 1).toString();
    assertThat(run(dropout.formatted("false", ones, ones))).isInstanceOf(Passed.class);
    assertThat(run(dropout.formatted("true", ones, ones))).isInstanceOf(Failed.class);
  }

  @Test
  void noArrayIsLeft() throws IOException {
    long before = LiveArrays.count();
    var _ = run(square("[1,4,9]", "[2,4,6]"));
    var _ = run(square("[1,4,9]", "[2,3,6]"));
    assertThat(LiveArrays.count()).isEqualTo(before);
  }
}

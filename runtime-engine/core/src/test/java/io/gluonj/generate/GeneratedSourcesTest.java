package io.gluonj.generate;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Whether methods and functions are those of the schemas; also the program that writes them. */
final class GeneratedSourcesTest {
  private static final String COMMAND =
      "mvn -q test -pl runtime-engine/core -am -Dtest=GeneratedSourcesTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dgluonj.write=true,"
          + " then mvn -q spotless:apply -pl runtime-engine/core";

  @Test
  void committedSourcesAreThoseOfTheSchemas() throws IOException {
    if (Boolean.getBoolean("gluonj.write")) {
      GeneratedSources.write();
    }
    assertWithMessage(
            "an operator's schema or Javadoc has changed; to write these anew: " + COMMAND)
        .that(GeneratedSources.stale())
        .isEmpty();
  }

  @Test
  void functionsAreNamedInJavaCase() {
    assertThat(Operator.camel("FullyConnected")).isEqualTo("fullyConnected");
    assertThat(Operator.camel("SVMOutput")).isEqualTo("svmOutput");
    assertThat(Operator.camel("LRN")).isEqualTo("lrn");
    assertThat(Operator.camel("L2Normalization")).isEqualTo("l2Normalization");
    assertThat(Operator.camel("one_hot")).isEqualTo("oneHot");
    assertThat(Operator.camel("MAERegressionOutput")).isEqualTo("maeRegressionOutput");
  }

  @Test
  void javadocIsReadFromTheSource() {
    SourceDocs docs =
        SourceDocs.parse(
            """
            /** Not this. */
            record Other() {}

            /**
             * The {@link Some#thing} of
             * {@link Other others}.
             *
             * @param size how many
             *     there are
             */
            @Deprecated
            public record Wanted(int size) {}
            """,
            "Wanted");
    assertThat(docs.text()).isEqualTo("The {@code Some.thing} of others.");
    assertThat(docs.components()).containsExactly("size", "how many there are");
  }
}

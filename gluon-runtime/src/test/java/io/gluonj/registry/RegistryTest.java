package io.gluonj.registry;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.InvalidArgumentException;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private final Registry<Integer> numbers =
      new Registry<Integer>("number").add(1, "one", "first").add(2, "two");

  @Test
  void entriesAreFoundByEveryNameInAnyCase() {
    assertThat(numbers.find("one")).isEqualTo(1);
    assertThat(numbers.find("First")).isEqualTo(1);
    assertThat(numbers.names()).containsExactly("first", "one", "two").inOrder();
  }

  @Test
  void aLaterEntryReplacesAnEarlierOne() {
    assertThat(numbers.add(3, "two").find("two")).isEqualTo(3);
  }

  @Test
  void unknownNamesAreAnsweredWithWhatThereIs() {
    var near = assertThrows(InvalidArgumentException.class, () -> numbers.find("tvo"));
    assertThat(near)
        .hasMessageThat()
        .isEqualTo(
            """
            'tvo' was asked for as number
              because  there is no number of that name
              fix      did you mean two?\
            """);
    var far = assertThrows(InvalidArgumentException.class, () -> numbers.find("seventeen"));
    assertThat(far).hasMessageThat().contains("fix      use one of first, one, two");
  }
}

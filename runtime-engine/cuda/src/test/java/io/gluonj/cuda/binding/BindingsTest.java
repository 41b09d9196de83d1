package io.gluonj.cuda.binding;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.cuda.CudaException;
import io.gluonj.types.DeviceException;
import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which binding is used, and what is said about the others. */
final class BindingsTest {
  private static final String PROPERTY = "gluonj.test.binding";

  private final List<String> loads = new ArrayList<>();

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  private Binding<String, String> good(String key) {
    return new Binding<>(
        key,
        "the " + key,
        () -> {
          loads.add(key);
          return new Binding.Loaded<>(key + ".so of /somewhere", device -> key + " on " + device);
        });
  }

  private static Binding<String, String> bad(String key, Binding.Loader<String, String> loader) {
    return new Binding<>(key, "the " + key, loader);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the array goes into a list of the same element type only
  private static Bindings<String, String> of(Binding<String, String>... bindings) {
    return new Bindings<>("sums", PROPERTY, List.of(bindings));
  }

  @Test
  void firstThatLoadsIsUsed() {
    Bindings<String, String> bindings =
        of(
            bad(
                "a",
                () -> {
                  throw new BindingException("liba.so: cannot open shared object file");
                }),
            good("b"),
            good("c"));

    assertThat(bindings.open("gpu:0")).isEqualTo("b on gpu:0");
    assertThat(bindings.open("gpu:1")).isEqualTo("b on gpu:1");
    assertThat(loads).containsExactly("b");
    assertThat(bindings.findings())
        .containsExactly(
            "sums: the a (a): not usable, liba.so: cannot open shared object file",
            "sums: the b (b): usable, b.so of /somewhere",
            "sums: the c (c): usable, c.so of /somewhere")
        .inOrder();
  }

  @Test
  void everyWayToFailToLoadIsAReason() {
    Bindings<String, String> bindings =
        of(
            bad(
                "link",
                () -> {
                  throw new UnsatisfiedLinkError(
                      "Error while loading\n  at x\n/libs/x.so: liby.so.8: cannot open shared object"
                          + " file: No such file\n  at z");
                }),
            bad(
                "class",
                () -> {
                  throw new NoClassDefFoundError("org/x/Y");
                }),
            bad(
                "init",
                () -> {
                  throw new ExceptionInInitializerError(
                      new UnsatisfiedLinkError("a.so: undefined symbol: f"));
                }),
            bad(
                "call",
                () -> {
                  throw new CudaException(3, "cuInit returned 3", "no driver", "install it");
                }),
            good("own"));

    assertThat(bindings.open("gpu:0")).isEqualTo("own on gpu:0");
    assertThat(bindings.findings().subList(0, 4))
        .containsExactly(
            "sums: the link (link): not usable, /libs/x.so: liby.so.8: cannot open shared object"
                + " file: No such file",
            "sums: the class (class): not usable, org/x/Y",
            "sums: the init (init): not usable, a.so: undefined symbol: f",
            "sums: the call (call): not usable, cuInit returned 3")
        .inOrder();
  }

  @Test
  void libraryThatRefusesTheDeviceGivesWayToTheNext() {
    Bindings<String, String> bindings =
        of(
            bad(
                "a",
                () ->
                    new Binding.Loaded<>(
                        "a.so",
                        device -> {
                          throw new CudaException(
                              8, "create returned 8", "too new a device", "update");
                        })),
            good("own"));

    assertThat(bindings.open("gpu:0")).isEqualTo("own on gpu:0");
    assertThat(bindings.findings().getFirst())
        .isEqualTo(
            "sums: the a (a): does not work with gpu:0: create returned 8; because  too new a"
                + " device; fix      update");
  }

  @Test
  void propertyForcesOne() {
    System.setProperty(PROPERTY, "c");
    Bindings<String, String> bindings = of(good("b"), good("c"));
    assertThat(bindings.open("gpu:0")).isEqualTo("c on gpu:0");
    assertThat(loads).containsExactly("c");
  }

  @Test
  void forcedOneThatDoesNotLoadIsAnError() {
    System.setProperty(PROPERTY, "a");
    Bindings<String, String> bindings =
        of(
            bad(
                "a",
                () -> {
                  throw new BindingException("liba.so is not there");
                }),
            good("own"));
    var e = assertThrows(DeviceException.class, () -> bindings.open("gpu:0"));
    assertThat(e).hasMessageThat().contains("-D" + PROPERTY + "=a");
    assertThat(e).hasMessageThat().contains("liba.so is not there");
  }

  @Test
  void unknownNameIsAnErrorThatListsTheKnown() {
    System.setProperty(PROPERTY, "x");
    Bindings<String, String> bindings = of(good("b"), good("c"));
    var e = assertThrows(InvalidArgumentException.class, () -> bindings.open("gpu:0"));
    assertThat(e).hasMessageThat().contains("use one of b, c");
  }
}

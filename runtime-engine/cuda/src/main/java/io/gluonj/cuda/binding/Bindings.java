package io.gluonj.cuda.binding;

import io.gluonj.cuda.CudaException;
import io.gluonj.natives.NativeLibraryException;
import io.gluonj.types.DeviceException;
import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bindings of one library in order of preference: the first that loads and works with the
 * device is used. Each is tried once; what was found is kept for {@link #findings()}. Thread-safe.
 *
 * @param <D> what an instance is made for
 * @param <T> what the bindings give
 */
public final class Bindings<D, T> {
  private static final System.Logger LOG = System.getLogger(Bindings.class.getName());

  /** What became of a binding: {@code loaded} is null where it cannot be used. */
  private record Outcome<D, T>(Binding.@Nullable Loaded<D, T> loaded, String text) {}

  private final String subject;
  private final String property;
  private final List<Binding<D, T>> bindings;
  private final Map<String, Outcome<D, T>> outcomes = new LinkedHashMap<>();
  private final Map<String, String> refusals = new LinkedHashMap<>();

  /**
   * States the bindings.
   *
   * @param subject what they give, for people: "matrix products"
   * @param property system property that forces one by its key
   * @param bindings most preferred first
   */
  public Bindings(String subject, String property, List<Binding<D, T>> bindings) {
    this.subject = subject;
    this.property = property;
    this.bindings = List.copyOf(bindings);
  }

  /**
   * An instance for a device, by the first binding that can.
   *
   * @throws DeviceException if none can; the message has each reason
   */
  public synchronized T open(D device) {
    for (Binding<D, T> binding : candidates()) {
      Outcome<D, T> outcome = outcome(binding);
      if (outcome.loaded() != null) {
        try {
          T instance = outcome.loaded().factory().create(device);
          report(binding, device);
          return instance;
        } catch (CudaException e) {
          String first =
              String.valueOf(e.getMessage())
                  .lines()
                  .map(String::strip)
                  .collect(Collectors.joining("; "));
          refusals.put(binding.key(), device + ": " + first);
          LOG.log(
              System.Logger.Level.WARNING,
              "{0}: {1} does not work with {2}: {3}",
              subject,
              binding.title(),
              device,
              first);
        }
      }
    }
    throw none();
  }

  /** The last resort is told about: it is slower, and the reasons can be mended. */
  private void report(Binding<D, T> used, D device) {
    boolean last = bindings.size() > 1 && used.equals(bindings.getLast());
    LOG.log(
        last ? System.Logger.Level.INFO : System.Logger.Level.DEBUG,
        subject + " on " + device + ": " + used.title() + (last ? "; doctor says why" : ""));
  }

  private DeviceException none() {
    String forced = System.getProperty(property);
    return new DeviceException(
        subject + " were asked for" + (forced == null ? "" : " by -D" + property + "=" + forced),
        String.join("\n           ", findings()),
        forced == null
            ? "install what is named above, or add its folder to -D" + LibraryFiles.PATH
            : "drop -D" + property + " to let the first that works be used");
  }

  /** One line for each binding: used, usable, or why not; loads those not tried yet. */
  public synchronized List<String> findings() {
    var lines = new ArrayList<String>();
    for (Binding<D, T> binding : bindings) {
      Outcome<D, T> outcome = outcome(binding);
      String refused = refusals.get(binding.key());
      lines.add(
          "%s: %s (%s): %s"
              .formatted(
                  subject,
                  binding.title(),
                  binding.key(),
                  refused == null ? outcome.text() : "does not work with " + refused));
    }
    return lines;
  }

  private List<Binding<D, T>> candidates() {
    String forced = System.getProperty(property);
    if (forced == null || forced.isBlank()) {
      return bindings;
    }
    List<Binding<D, T>> named = bindings.stream().filter(b -> b.key().equals(forced)).toList();
    if (named.isEmpty()) {
      throw new InvalidArgumentException(
          "-D" + property + "=" + forced + " was given",
          "no binding has that name",
          "use one of "
              + bindings.stream().map(Binding::key).collect(Collectors.joining(", "))
              + ", or drop the property");
    }
    return named;
  }

  private Outcome<D, T> outcome(Binding<D, T> binding) {
    Outcome<D, T> known = outcomes.get(binding.key());
    if (known == null) {
      known = load(binding);
      outcomes.put(binding.key(), known);
    }
    return known;
  }

  /** A binding may fail in any way that loading of classes and native code can fail. */
  private static <D, T> Outcome<D, T> load(Binding<D, T> binding) {
    try {
      Binding.Loaded<D, T> loaded = binding.loader().load();
      return new Outcome<>(loaded, "usable, " + loaded.detail());
    } catch (BindingException e) {
      return new Outcome<>(null, "not usable, " + e.getMessage());
    } catch (LinkageError | CudaException | NativeLibraryException e) {
      return new Outcome<>(null, "not usable, " + rootReason(e));
    }
  }

  /** The innermost cause says what is missing; bindings wrap it in texts of many lines. */
  static String rootReason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return root.getClass().getSimpleName();
    }
    return message
        .lines()
        .filter(l -> l.contains("cannot open") || l.contains("undefined symbol"))
        .reduce((a, b) -> b)
        .orElseGet(() -> message.lines().findFirst().orElseThrow())
        .strip();
  }
}

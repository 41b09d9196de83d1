package io.gluonj.cuda.binding;

import io.gluonj.cuda.CudaException;

/**
 * One way to reach a library.
 *
 * @param key what the user calls it in the property that forces a choice
 * @param title what it is, for people
 * @param loader loads it
 * @param <D> what an instance is made for
 * @param <T> what it gives
 */
public record Binding<D, T>(String key, String title, Loader<D, T> loader) {

  /** Loads the native code of a binding, once for the process. */
  public interface Loader<D, T> {
    /**
     * Loads.
     *
     * @throws BindingException if it cannot be used here
     */
    Loaded<D, T> load() throws BindingException;
  }

  /**
   * A binding whose native code is there.
   *
   * @param detail which library was found, and its version
   * @param factory makes an instance for a device; throws {@link CudaException} if the library does
   *     not work with it
   */
  public record Loaded<D, T>(String detail, Factory<D, T> factory) {}

  /** Makes an instance. */
  public interface Factory<D, T> {
    T create(D device);
  }
}

package io.gluonj.cuda.binding;

import java.util.List;
import org.bytedeco.javacpp.Loader;

/** Loads the JavaCPP presets of CUDA 13. */
public final class BytedecoNatives {
  private BytedecoNatives() {}

  /**
   * Opens what every preset needs, whether or not it is called: JavaCPP initialises the preset of
   * the CUDA runtime before any other.
   */
  public static void requireRuntime(LibraryFiles files) throws BindingException {
    files.open("libcuda.so.1", List.of());
    files.open("libcudart.so.13", List.of());
  }

  /**
   * Loads the native half of a preset. Libraries it needs are open already, so that it does not
   * matter where JavaCPP would look for them.
   *
   * @param preset the class with its functions
   * @throws LinkageError if it cannot be loaded
   */
  public static void load(Class<?> preset) {
    Loader.load(preset);
  }
}

package io.gluonj.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which GluonJ and which Java this is. */
public final class Version {
  private static final String RESOURCE = "version.properties";

  private Version() {}

  /** Version of GluonJ, as the build wrote it beside this class. */
  public static String gluonj() {
    try (InputStream in =
        Objects.requireNonNull(Version.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Version and maker of the Java virtual machine. */
  public static String java() {
    return Runtime.version() + " (" + System.getProperty("java.vendor", "unknown vendor") + ")";
  }

  /** Operating system and processor architecture. */
  public static String system() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }

  /** What {@code --version} prints. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"gluonj " + gluonj(), "java " + java(), system()};
    }
  }
}

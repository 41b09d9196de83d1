package io.gluonj.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files recorded from MXNet 1.9.1, in this module's test resources. */
public final class Fixture {
  private Fixture() {}

  /** The content of a resource. */
  public static byte[] bytes(String resource) {
    try (InputStream in = Fixture.class.getResourceAsStream("/" + resource)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no test resource " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A resource as UTF-8 text. */
  public static String text(String resource) {
    return new String(bytes(resource), StandardCharsets.UTF_8);
  }

  /** A resource of raw little-endian float32 values. */
  public static float[] floats(String resource) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes(resource)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[buffer.remaining() / Float.BYTES];
    buffer.asFloatBuffer().get(values);
    return values;
  }

  /** A resource as a file; copied to a temporary one where the resource is inside a jar. */
  public static Path file(String resource) {
    URL url = Fixture.class.getResource("/" + resource);
    if (url == null) {
      throw new IllegalArgumentException("there is no test resource " + resource);
    }
    try {
      return Path.of(url.toURI());
    } catch (FileSystemNotFoundException e) {
      return copy(resource);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(resource + " has no usable address: " + url, e);
    }
  }

  private static Path copy(String resource) {
    try {
      Path copy = Files.createTempFile("fixture", "");
      copy.toFile().deleteOnExit();
      return Files.write(copy, bytes(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

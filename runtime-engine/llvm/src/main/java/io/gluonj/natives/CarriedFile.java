package io.gluonj.natives;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * One file inside a carrier jar (or a folder of the class path), with the size and CRC-32 it must
 * have once extracted.
 *
 * @param name file name without folder
 * @param url where it is
 * @param size bytes
 * @param crc CRC-32 of the bytes
 */
record CarriedFile(String name, URL url, long size, long crc) {
  /** Twenty times the largest library used; a jar that says more is not one of ours. */
  static final long MAX_SIZE = 4L << 30;

  static CarriedFile read(String name, URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    if (connection instanceof JarURLConnection jarConnection) {
      try (JarFile jar = jarConnection.getJarFile()) {
        JarEntry entry = jarConnection.getJarEntry();
        return checked(new CarriedFile(name, url, entry.getSize(), entry.getCrc()), jar.getName());
      }
    }
    try (CheckedInputStream in = new CheckedInputStream(connection.getInputStream(), new CRC32())) {
      long size = in.transferTo(java.io.OutputStream.nullOutputStream());
      return checked(new CarriedFile(name, url, size, in.getChecksum().getValue()), url.toString());
    }
  }

  private static CarriedFile checked(CarriedFile file, String carrier) throws IOException {
    if (file.size <= 0 || file.size > MAX_SIZE || file.crc < 0) {
      throw new IOException(
          carrier
              + " gives "
              + file.name
              + " a size of "
              + file.size
              + " bytes and CRC "
              + file.crc);
    }
    return file;
  }

  InputStream open() throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    return connection.getInputStream();
  }
}

package io.gluonj.ptx;

import org.jspecify.annotations.Nullable;

/** State spaces of PTX. */
enum Space {
  GENERIC,
  GLOBAL,
  CONST,
  SHARED,
  LOCAL,
  PARAM;

  /**
   * Where the windows of shared and local memory lie in the generic address space: addresses that
   * no host memory has.
   */
  static final long SHARED_WINDOW = 0x4000_0000_0000_0000L;

  static final long LOCAL_WINDOW = 0x2000_0000_0000_0000L;

  /** The space of this name, without the dot; null if there is none. */
  static @Nullable Space named(String suffix) {
    return switch (suffix) {
      case "global" -> GLOBAL;
      case "const" -> CONST;
      case "shared", "shared::cta" -> SHARED;
      case "local" -> LOCAL;
      case "param" -> PARAM;
      default -> null;
    };
  }
}

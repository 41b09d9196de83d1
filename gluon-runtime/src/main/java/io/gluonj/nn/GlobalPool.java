package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;
import java.util.Arrays;
import java.util.Optional;

/** Pooling of all elements of a channel. Spatial axes stay, with extent 1. */
@Block(hint = "pool")
public abstract class GlobalPool extends Pool {
  GlobalPool(int axes, Pooling.Type type) {
    super(type, ones(axes), ones(axes), new int[axes]);
  }

  private static int[] ones(int axes) {
    int[] ones = new int[axes];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Override
  final boolean global() {
    return true;
  }

  // Without an effect here; files written by Gluon say so.
  @Override
  final Pooling.Convention convention() {
    return Pooling.Convention.FULL;
  }

  @Override
  final Optional<Boolean> countIncludePad() {
    return Optional.empty();
  }
}

package io.gluonj.cli.bench;

import io.gluonj.types.Shape;
import java.util.Arrays;
import java.util.Random;

/**
 * Arrays that depend on nothing but their name, so that programs in other frameworks can make the
 * same ones: {@code new Random(0x5DEECE66DL ^ name.hashCode() * 0x9E3779B97F4A7C15L)}, then one
 * draw for each element in row-major order.
 */
final class BenchData {
  /** Number of different batches that a run cycles through. */
  static final int BATCHES = 8;

  private BenchData() {}

  private static Random random(String name) {
    return new Random(0x5DEECE66DL ^ (name.hashCode() * 0x9E3779B97F4A7C15L));
  }

  /** Normal numbers with the given standard deviation. */
  static float[] gauss(String name, double deviation, int count) {
    Random random = random(name);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  /** Whole numbers from 0 to below {@code bound}, as floats: class labels. */
  static float[] labels(String name, int bound, int count) {
    Random random = random(name);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(bound);
    }
    return values;
  }

  /**
   * The initial value of a parameter, by the end of its name: {@code w} N(0, 2 / fan_in), where
   * fan_in is the size of one output's weights; {@code tw} and {@code emb} N(0, 0.02²); {@code lw}
   * N(0, 1/16²); {@code g} and {@code rv} 1; {@code b} and {@code rm} 0.
   */
  static float[] initial(String name, Shape shape) {
    int size = Math.toIntExact(shape.size());
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "w" -> gauss(name, Math.sqrt(2.0 / shape.sizeFrom(1)), size);
      case "tw", "emb" -> gauss(name, 0.02, size);
      case "lw" -> gauss(name, 1.0 / 16, size);
      case "g", "rv" -> {
        float[] ones = new float[size];
        Arrays.fill(ones, 1);
        yield ones;
      }
      case "b", "rm" -> new float[size];
      default -> throw new IllegalArgumentException(name);
    };
  }
}

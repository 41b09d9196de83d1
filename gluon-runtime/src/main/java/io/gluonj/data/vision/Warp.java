package io.gluonj.data.vision;

import io.gluonj.data.SplitMix64;

/**
 * A random smooth map from the box a digit is designed in (100 by 100) to pixels: elastic
 * distortion on a coarse grid (after Simard, Steinkraus, Platt, ICDAR 2003, applied to the strokes
 * and not to the pixels), then slant, rotation, scale and shift.
 */
final class Warp {
  private static final int GRID = 4;

  private final float[] pushX = new float[GRID * GRID];
  private final float[] pushY = new float[GRID * GRID];
  private final float xx;
  private final float xy;
  private final float yx;
  private final float yy;
  private final float shiftX;
  private final float shiftY;

  private float x;
  private float y;

  /** Draws a map into an image of {@code size} by {@code size} pixels. */
  Warp(SplitMix64 random, int size) {
    double elasticity = random.nextDouble(1, 6);
    for (int i = 0; i < GRID * GRID; i++) {
      pushX[i] = (float) (elasticity * random.nextBell());
      pushY[i] = (float) (elasticity * random.nextBell());
    }
    double height = size * random.nextDouble(0.52, 0.76) / 100;
    double width = height * random.nextDouble(0.68, 1.15);
    double slant = 0.08 + 0.20 * random.nextBell();
    double angle = 0.11 * random.nextBell();
    double cos = 1 - angle * angle / 2; // close enough for such angles, and exact on any platform
    double sin = angle - angle * angle * angle / 6;
    xx = (float) (cos * width);
    xy = (float) (-cos * slant * width - sin * height);
    yx = (float) (sin * width);
    yy = (float) (-sin * slant * width + cos * height);
    shiftX = (float) ((size - 1) / 2.0 + size * 0.045 * random.nextBell());
    shiftY = (float) ((size - 1) / 2.0 + size * 0.045 * random.nextBell());
  }

  /** Maps a point of the design box; {@link #x()} and {@link #y()} hold the result. */
  void map(float boxX, float boxY) {
    float gridX = Math.clamp(boxX * ((GRID - 1) / 100f), 0f, GRID - 1.001f);
    float gridY = Math.clamp(boxY * ((GRID - 1) / 100f), 0f, GRID - 1.001f);
    int column = (int) gridX;
    int row = (int) gridY;
    float u = smooth(gridX - column);
    float v = smooth(gridY - row);
    int corner = row * GRID + column;
    float centredX = boxX - 50 + mixed(pushX, corner, u, v);
    float centredY = boxY - 50 + mixed(pushY, corner, u, v);
    x = xx * centredX + xy * centredY + shiftX;
    y = yx * centredX + yy * centredY + shiftY;
  }

  float x() {
    return x;
  }

  float y() {
    return y;
  }

  private static float smooth(float t) {
    return t * t * (3 - 2 * t);
  }

  private static float mixed(float[] push, int corner, float u, float v) {
    float above = push[corner] + u * (push[corner + 1] - push[corner]);
    float below = push[corner + GRID] + u * (push[corner + GRID + 1] - push[corner + GRID]);
    return above + v * (below - above);
  }
}

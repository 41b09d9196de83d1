package io.gluonj.data.vision;

import io.gluonj.data.SplitMix64;
import java.util.Arrays;

/**
 * A grey image being drawn on: ink from 0 to 1 per pixel, a round soft-edged pen, and the blemishes
 * of a scanner. One canvas is used by one thread.
 */
final class Canvas {
  final int size;
  private final float[] ink;
  private final float[] spare;

  Canvas(int size) {
    this.size = size;
    this.ink = new float[size * size];
    this.spare = new float[size * size];
  }

  void clear() {
    Arrays.fill(ink, 0);
  }

  /**
   * Draws a straight piece of a stroke; where pieces overlap the darker ink stays, so that joints
   * do not show. {@code startRadius} and {@code endRadius} are the pen's radius at both ends in
   * pixels, {@code softness} is the width of its edge.
   */
  void line(
      float x0, float y0, float x1, float y1, float startRadius, float endRadius, float softness) {
    float reach = Math.max(startRadius, endRadius) + softness / 2;
    int left = Math.max(0, (int) Math.ceil(Math.min(x0, x1) - reach));
    int right = Math.min(size - 1, (int) Math.floor(Math.max(x0, x1) + reach));
    int top = Math.max(0, (int) Math.ceil(Math.min(y0, y1) - reach));
    int bottom = Math.min(size - 1, (int) Math.floor(Math.max(y0, y1) + reach));
    float dx = x1 - x0;
    float dy = y1 - y0;
    float inverseLength = 1 / Math.max(1e-6f, dx * dx + dy * dy);
    float inverseSoftness = 1 / softness;
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        float px = x - x0;
        float py = y - y0;
        float along = Math.clamp((px * dx + py * dy) * inverseLength, 0f, 1f);
        float ex = px - along * dx;
        float ey = py - along * dy;
        float squared = ex * ex + ey * ey;
        if (squared < reach * reach) {
          float radius = startRadius + along * (endRadius - startRadius);
          float cover = (radius - (float) Math.sqrt(squared)) * inverseSoftness + 0.5f;
          int pixel = y * size + x;
          ink[pixel] = Math.max(ink[pixel], Math.min(1, cover));
        }
      }
    }
  }

  /** Takes ink away within {@code radius} of a point, as if the pen had skipped there. */
  void erase(float centreX, float centreY, float radius) {
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        float squared = (x - centreX) * (x - centreX) + (y - centreY) * (y - centreY);
        if (squared < (radius + 0.5f) * (radius + 0.5f)) {
          float kept = Math.clamp((float) Math.sqrt(squared) - radius + 0.5f, 0f, 1f);
          ink[y * size + x] *= kept;
        }
      }
    }
  }

  /** Spreads each pixel over its neighbours with weights (side, 1 - 2 side, side) in x and y. */
  void blur(float side) {
    float middle = 1 - 2 * side;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int pixel = y * size + x;
        float before = x > 0 ? ink[pixel - 1] : 0;
        float after = x < size - 1 ? ink[pixel + 1] : 0;
        spare[pixel] = middle * ink[pixel] + side * (before + after);
      }
    }
    for (int pixel = 0; pixel < ink.length; pixel++) {
      float above = pixel >= size ? spare[pixel - size] : 0;
      float below = pixel < ink.length - size ? spare[pixel + size] : 0;
      ink[pixel] = middle * spare[pixel] + side * (above + below);
    }
  }

  /**
   * The picture as unsigned bytes, row by row: ink times {@code brightness} plus grain, uniform
   * within {@code grain} of 0.
   */
  byte[] develop(float brightness, float grain, SplitMix64 random) {
    byte[] pixels = new byte[ink.length];
    for (int pixel = 0; pixel < pixels.length; pixel++) {
      float value = ink[pixel] * brightness;
      if (grain > 0) {
        value += grain * (float) random.nextDouble(-1, 1);
      }
      pixels[pixel] = (byte) Math.round(255 * Math.clamp(value, 0f, 1f));
    }
    return pixels;
  }
}

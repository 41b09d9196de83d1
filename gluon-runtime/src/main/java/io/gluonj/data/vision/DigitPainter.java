package io.gluonj.data.vision;

import io.gluonj.data.SplitMix64;
import java.util.List;

/**
 * Writes one digit on a canvas: picks a way of writing, shakes its control points, warps it, draws
 * it with a pen of random width and pressure, and adds blemishes. All choices come from the
 * generator handed in. One painter is used by one thread.
 */
final class DigitPainter {
  private static final int STEPS = 4; // straight pieces per spline span
  private static final float TREMBLE = 3.2f; // shake of a control point, in box units

  private final Canvas canvas;

  DigitPainter(int size) {
    this.canvas = new Canvas(size);
  }

  /** Draws {@code digit}; returns its pixels row by row, one unsigned byte each. */
  byte[] paint(int digit, SplitMix64 random) {
    canvas.clear();
    List<DigitShape> shapes = DigitShape.of(digit);
    DigitShape shape = shapes.get(random.nextInt(shapes.size()));
    Warp warp = new Warp(random, canvas.size);
    float radius = (float) (canvas.size * random.nextDouble(0.022, 0.058));
    float softness = (float) random.nextDouble(0.8, 1.9);
    float pressure = (float) random.nextDouble(0, 0.35);
    for (DigitShape.Stroke stroke : shape.strokes()) {
      draw(shaken(stroke, random), warp, radius, softness, pressure, random);
    }
    if (random.nextInt(4) == 0) {
      smudge(warp, random);
    }
    if (random.nextInt(3) == 0) {
      canvas.blur((float) random.nextDouble(0.08, 0.24));
    }
    float brightness = (float) random.nextDouble(0.7, 1.1);
    float grain = random.nextInt(2) == 0 ? 0 : (float) random.nextDouble(0.02, 0.14);
    return canvas.develop(brightness, grain, random);
  }

  private static DigitShape.Stroke shaken(DigitShape.Stroke stroke, SplitMix64 random) {
    float[] x = stroke.x().clone();
    float[] y = stroke.y().clone();
    for (int i = 0; i < x.length; i++) {
      x[i] += (float) (TREMBLE * random.nextBell());
      y[i] += (float) (TREMBLE * random.nextBell());
    }
    return new DigitShape.Stroke(x, y, stroke.corner());
  }

  private void draw(
      DigitShape.Stroke stroke,
      Warp warp,
      float radius,
      float softness,
      float pressure,
      SplitMix64 random) {
    int spans = stroke.size() - 1;
    warp.map(stroke.x()[0], stroke.y()[0]);
    float fromX = warp.x();
    float fromY = warp.y();
    float fromRadius = pressed(radius, pressure, random);
    for (int span = 0; span < spans; span++) {
      // Where the spline is broken, the missing neighbour is the end point itself.
      int before = span == 0 || stroke.corner()[span] ? span : span - 1;
      int after = span + 2 > spans || stroke.corner()[span + 1] ? span + 1 : span + 2;
      float spanRadius = pressed(radius, pressure, random);
      float startRadius = fromRadius;
      for (int step = 1; step <= STEPS; step++) {
        float t = (float) step / STEPS;
        warp.map(
            spline(stroke.x(), before, span, after, t), spline(stroke.y(), before, span, after, t));
        float toRadius = startRadius + t * (spanRadius - startRadius);
        canvas.line(fromX, fromY, warp.x(), warp.y(), fromRadius, toRadius, softness);
        fromX = warp.x();
        fromY = warp.y();
        fromRadius = toRadius;
      }
    }
  }

  private static float pressed(float radius, float pressure, SplitMix64 random) {
    return radius * (1 + pressure * (float) random.nextDouble(-1, 1));
  }

  /** The Catmull-Rom spline between points {@code span} and {@code span + 1}. */
  private static float spline(float[] points, int before, int span, int after, float t) {
    float p0 = points[before];
    float p1 = points[span];
    float p2 = points[span + 1];
    float p3 = points[after];
    return 0.5f
        * (2 * p1
            + t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0))));
  }

  /** Either the pen skipped somewhere, or a stray mark fell on the paper. */
  private void smudge(Warp warp, SplitMix64 random) {
    warp.map((float) random.nextDouble(5, 95), (float) random.nextDouble(5, 95));
    if (random.nextInt(2) == 0) {
      canvas.erase(warp.x(), warp.y(), (float) random.nextDouble(1, 2.4));
    } else {
      float startX = warp.x();
      float startY = warp.y();
      float endX = startX + (float) random.nextDouble(-3, 3);
      float endY = startY + (float) random.nextDouble(-3, 3);
      float radius = (float) random.nextDouble(0.3, 0.9);
      canvas.line(startX, startY, endX, endY, radius, radius, 1);
    }
  }
}

package io.gluonj.data.vision;

import java.util.ArrayList;
import java.util.List;

/**
 * One way of writing a digit: pen strokes as control points in a box of 100 by 100, y downwards.
 *
 * <p>The pen follows a Catmull-Rom spline through the points; at a corner the spline is broken, so
 * that the pen turns sharply there.
 *
 * @param strokes the pen strokes, in writing order
 */
record DigitShape(List<Stroke> strokes) {

  /**
   * One movement of the pen between putting it down and lifting it.
   *
   * @param x horizontal positions of the control points
   * @param y vertical positions of the control points
   * @param corner whether the pen turns sharply at the point
   */
  @SuppressWarnings("ArrayRecordComponent") // package-private table, read in the inner loop
  record Stroke(float[] x, float[] y, boolean[] corner) {

    int size() {
      return x.length;
    }

    /** Reads {@code "x y, x y / x y"}: points after commas, a slash marks the point before it. */
    private static Stroke parse(String text) {
      String[] tokens = text.replace("/", " / ").replace(",", " ").trim().split("\\s+", -1);
      List<Float> numbers = new ArrayList<>();
      List<Integer> corners = new ArrayList<>();
      for (String token : tokens) {
        if (token.equals("/")) {
          corners.add(numbers.size() / 2 - 1);
        } else {
          numbers.add(Float.valueOf(token));
        }
      }
      int size = numbers.size() / 2;
      float[] x = new float[size];
      float[] y = new float[size];
      boolean[] corner = new boolean[size];
      for (int i = 0; i < size; i++) {
        x[i] = numbers.get(2 * i);
        y[i] = numbers.get(2 * i + 1);
        corner[i] = corners.contains(i);
      }
      return new Stroke(x, y, corner);
    }
  }

  /** All ways of writing, by digit. Strokes are separated by semicolons. */
  private static final List<List<DigitShape>> BY_DIGIT =
      List.of(
          shapes(
              "54 0, 12 46, 48 100, 88 54, 56 2, 36 10",
              "58 2, 28 30, 30 80, 54 98, 76 64, 68 16, 46 4",
              "35 10, 14 45, 22 85, 50 99, 80 80, 86 40, 68 8, 45 3, 36 14, 54 20",
              "44 6, 14 56, 40 98, 82 66, 76 12, 40 4"),
          shapes(
              "50 0, 50 50, 50 100",
              "30 22, 42 14, 54 0 / 53 50, 52 100",
              "28 24, 52 0 / 52 100; 26 100, 78 99",
              "62 0, 52 50, 42 100"),
          shapes(
              "14 24, 26 6, 50 0, 76 10, 80 32, 60 60, 12 98 / 45 95, 88 97",
              "18 22, 34 4, 62 2, 78 22, 66 52, 38 84, 18 94, 10 84, 24 76, 46 88, 66 98, 90 90",
              "16 14, 45 4, 76 8, 72 36, 44 68, 14 98 / 86 96",
              "20 30, 24 8, 52 0, 74 16, 66 46, 40 76, 12 96 / 30 88, 60 96, 92 88"),
          shapes(
              "16 12, 45 0, 76 10, 76 34, 40 46 / 80 58, 84 84, 50 100, 12 86",
              "14 4, 80 2 / 42 40 / 74 48, 84 74, 62 98, 34 100, 12 86",
              "18 14, 46 0, 74 14, 66 38, 42 48, 34 44, 46 42, 78 60, 78 88, 46 100, 14 84",
              "20 6, 54 2, 74 18, 62 40, 38 48 / 68 52, 80 72, 66 94, 36 102, 18 96"),
          shapes(
              "28 2, 20 30, 14 58 / 50 60, 88 56; 66 8, 64 50, 60 100",
              "64 100, 66 50, 66 0 / 36 34, 10 66 / 90 64",
              "20 4, 16 36, 28 54, 54 52, 74 40; 78 2, 72 50, 66 100",
              "60 0, 10 62 / 92 62; 62 30, 62 100"),
          shapes(
              "30 4, 24 44 / 52 36, 82 52, 82 82, 50 100, 12 88; 30 4, 82 2",
              "84 2, 32 4 / 26 42 / 56 38, 84 58, 76 90, 44 100, 12 90",
              "80 4, 48 4, 28 18, 34 42, 66 54, 80 76, 58 98, 16 92",
              "34 8, 28 46 / 60 42, 78 62, 70 88, 40 102, 16 96; 32 8, 60 8, 86 0"),
          shapes(
              "70 0, 38 22, 16 60, 26 94, 58 98, 80 76, 62 54, 34 60, 18 76",
              "62 2, 34 30, 20 70, 40 98, 70 92, 76 68, 52 56, 26 70",
              "30 0, 22 40, 20 74, 36 98, 66 96, 80 74, 60 56, 36 60, 22 76",
              "78 8, 48 6, 24 36, 18 74, 44 100, 74 86, 70 58, 42 54, 20 72"),
          shapes(
              "12 6, 84 4 / 62 40, 40 100",
              "12 8, 86 4 / 60 48, 44 100; 30 50, 82 48",
              "14 24, 16 6 / 84 6 / 70 36, 50 62, 46 100",
              "10 12, 30 4, 60 10, 86 4 / 56 46, 34 98"),
          shapes(
              "74 16, 50 0, 24 14, 30 36, 66 58, 80 80, 52 100, 22 82, 34 58, 68 36, 76 16, 60 2",
              "50 0, 26 12, 28 36, 52 46, 74 34, 74 12, 50 0; "
                  + "52 46, 20 60, 20 88, 50 100, 82 88, 80 60, 52 46",
              "50 46, 26 30, 32 6, 60 0, 78 18, 62 40, 30 62, 20 84, 46 100, 78 86, 74 62, 50 46",
              "80 8, 50 2, 28 18, 40 40, 66 60, 70 86, 48 100, 26 88, 34 62, 62 36, 82 10"),
          shapes(
              "76 18, 50 0, 22 16, 22 42, 48 52, 74 38, 78 14 / 76 60, 68 100",
              "78 14, 48 0, 20 20, 30 46, 60 44, 78 16 / 80 52, 66 88, 30 98",
              "72 30, 44 46, 22 30, 34 6, 64 2, 78 12, 74 34, 56 66, 40 100",
              "76 8, 44 2, 20 24, 34 48, 64 36, 78 6 / 70 54, 62 100"));

  /** The ways of writing {@code digit}, at least three. */
  static List<DigitShape> of(int digit) {
    return BY_DIGIT.get(digit);
  }

  private static List<DigitShape> shapes(String... texts) {
    List<DigitShape> shapes = new ArrayList<>();
    for (String text : texts) {
      List<Stroke> strokes = new ArrayList<>();
      for (String stroke : text.split(";", -1)) {
        strokes.add(Stroke.parse(stroke));
      }
      shapes.add(new DigitShape(List.copyOf(strokes)));
    }
    return List.copyOf(shapes);
  }
}

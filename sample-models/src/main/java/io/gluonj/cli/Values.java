package io.gluonj.cli;

import io.gluonj.registry.Registry;
import io.gluonj.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** Reads the values of options, and says what would have been right. */
final class Values {
  private Values() {}

  /** A whole number from 1. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        int value = Integer.parseInt(text);
        if (value >= 1) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw wrong(text);
      }
      throw wrong(text);
    }

    private static ValueException wrong(String text) {
      return new ValueException(
          "got '" + text + "', wanted a whole number from 1 to " + Integer.MAX_VALUE,
          "it says how many",
          "write for example 5");
    }
  }

  /** A whole number of 64 bits. */
  static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw new ValueException(
            "got '" + text + "', wanted a whole number of 64 bits",
            "equal seeds give equal results",
            "write for example 1");
      }
    }
  }

  /** A number above 0. */
  static final class Rate implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double value = number(text);
      if (value > 0 && value <= 1e6) {
        return value;
      }
      throw new ValueException(
          "got '" + text + "', wanted a number above 0",
          "it is the length of a step against the gradient",
          "write for example 0.05");
    }
  }

  /** A number from 0. */
  static final class Tolerance implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double value = number(text);
      if (value >= 0 && value < Double.POSITIVE_INFINITY) {
        return value;
      }
      throw new ValueException(
          "got '" + text + "', wanted a number from 0",
          "a result may differ by so much, relative to 1 + |expected|",
          "write for example 1e-5");
    }
  }

  /** A number from 0 to below 1. */
  static final class Fraction implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double value = number(text);
      if (value >= 0 && value < 1) {
        return value;
      }
      throw new ValueException(
          "got '" + text + "', wanted a number from 0 to below 1",
          "it is the part of the last step that is taken again",
          "write for example 0.9");
    }
  }

  /** Extents separated by commas, {@code 64,1,28,28}. */
  static final class Extents implements ITypeConverter<Shape> {
    @Override
    public Shape convert(String text) {
      try {
        long[] dims =
            Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .mapToLong(Long::parseLong)
                .toArray();
        if (Arrays.stream(dims).allMatch(dim -> dim > 0)) {
          return Shape.of(dims);
        }
      } catch (NumberFormatException e) {
        throw wrong(text);
      }
      throw wrong(text);
    }

    private static ValueException wrong(String text) {
      return new ValueException(
          "got '" + text + "', wanted whole numbers above 0 separated by commas",
          "they are the shape of one batch: samples, channels, height, width",
          "write for example 64,1,28,28");
    }
  }

  /** {@code sgd} or {@code adam}. */
  static final class OptimizerName implements ITypeConverter<String> {
    private static final List<String> NAMES = List.of("sgd", "adam");

    @Override
    public String convert(String text) {
      String name = text.toLowerCase(Locale.ROOT);
      if (NAMES.contains(name)) {
        return name;
      }
      throw Registry.unknown("optimizer", text, NAMES);
    }
  }

  /** {@code text} or {@code json}. */
  static final class GraphForms implements ITypeConverter<InspectCommand.GraphForm> {
    @Override
    public InspectCommand.GraphForm convert(String text) {
      return switch (text) {
        case "text" -> InspectCommand.GraphForm.TEXT;
        case "json" -> InspectCommand.GraphForm.JSON;
        default -> throw Registry.unknown("form of a graph", text, List.of("text", "json"));
      };
    }
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN; // outside every range, so the caller says what is wanted
    }
  }
}

package io.gluonj.generate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which part of F an operator's function stands in: by the file that declares the operator. */
public final class Topics {
  /** Families by topic, in the order of the chain of classes. */
  private static final Map<String, List<String>> FAMILIES = new LinkedHashMap<>();

  static {
    put("Creation", "Creation", "Generators");
    put("Arithmetic", "BinaryMath", "ScalarMath");
    put("Elementwise", "UnaryMath", "Trigonometry", "SpecialMath", "Logic", "Casts");
    put("Activation", "Activations", "Units", "Activation", "LeakyReLU", "SoftmaxOps");
    put("Reduction", "Reduce", "Statistics", "Norm", "ArgExtremum", "Cumulative", "Sorting");
    put("Shape", "ShapeOps", "Transpose", "BroadcastTo", "Rearrange", "Likeness", "Pad", "Split");
    put("Shape", "Concat", "ShapeReaders");
    put("Indexing", "Slicing", "SliceAssign", "Lookups", "Pick", "OneHot", "Indexing", "Indices");
    put("Product", "Linalg", "Dot", "BatchDot", "Diagonal", "Masks", "AttentionProducts");
    put("Layer", "FullyConnected", "Convolution", "Pooling", "Dropout");
    put("Normalization", "Normalizations", "BatchNorm", "Lrn");
    put("Output", "OutputLayers", "SoftmaxOutput", "SoftmaxForms");
    put("Sequence", "Sequences");
    put("Vision", "Sampling", "Resampling", "Boxes", "Images", "Columns");
    put("Random");
    put("Update", "OptimizerUpdates", "MomentumUpdates", "AdaptiveUpdates", "LambUpdates");
  }

  private Topics() {}

  private static void put(String topic, String... families) {
    FAMILIES.merge(
        topic, List.of(families), (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
  }

  /** All topics, in order. */
  public static List<String> all() {
    return List.copyOf(FAMILIES.keySet());
  }

  /** The topic of an operator; one of a new file goes by its name. */
  public static String of(Operator operator) {
    String family = operator.family().getSimpleName();
    String name = operator.schema().name();
    return FAMILIES.entrySet().stream()
        .filter(e -> e.getValue().contains(family))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> guess(name));
  }

  private static String guess(String name) {
    if (name.contains("_update") || name.startsWith("multi_") || name.contains("lamb")) {
      return "Update";
    }
    if (name.contains("random") || name.contains("sample_") || name.equals("_shuffle")) {
      return "Random";
    }
    if (name.contains("linalg")) {
      return "Product";
    }
    return name.contains("image") || name.contains("contrib") || name.contains("ROI")
        ? "Vision"
        : "Layer";
  }
}

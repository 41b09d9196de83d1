package io.gluonj.test.docs;

import io.gluonj.op.Op;
import io.gluonj.op.OpSchema;
import io.gluonj.op.OpSchema.Sample;
import io.gluonj.op.Vjp;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.AutogradException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where an operator's gradient comes from, found by running its rule on a sample. */
final class Gradients {
  private Gradients() {}

  static String of(Class<? extends Op> type, OpSchema<?> schema) {
    if (!schema.gradientConvention().isEmpty()) {
      return "by convention: " + schema.gradientConvention();
    }
    Op op = (Op) schema.defaults();
    boolean expansion =
        op instanceof Op.Composite composite
            && !composite.ownGradient()
            && schema.samples().stream().noneMatch(s -> ((Op.Composite) s.op()).ownGradient());
    if (expansion) {
      return "its expansion's";
    }
    if (op instanceof Op.Pointwise && declaring(type) == Op.Pointwise.class) {
      return "derived from its expression";
    }
    if (!schema.isVariadic() && schema.inputNames(op, 0).isEmpty()) {
      return "none: it has no inputs";
    }
    try {
      return own(schema);
    } catch (AutogradException e) {
      return "none: " + because(e);
    }
  }

  /** The line of a message that says why. */
  private static String because(AutogradException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("because"))
        .map(line -> line.substring("because".length()).strip())
        .findFirst()
        .orElseThrow(() -> e);
  }

  private static Class<?> declaring(Class<? extends Op> type) {
    try {
      return type.getMethod("vjp", Vjp.class).getDeclaringClass();
    } catch (NoSuchMethodException e) {
      throw new LinkageError(type + " is no operator", e);
    }
  }

  private static String own(OpSchema<?> schema) {
    Map<String, String> without = new TreeMap<>();
    int inputs = 0;
    for (Sample sample : SampleSymbols.of(schema)) {
      Vjp rule = run(sample);
      inputs = Math.max(inputs, rule.inputs());
      List<String> names = schema.inputNames(sample.op(), rule.inputs());
      rule.withoutGradient().forEach((i, why) -> without.put(names.get(i), why));
    }
    if (without.isEmpty()) {
      return "its own rule";
    }
    boolean all = without.size() == inputs;
    List<String> reasons = without.values().stream().distinct().toList();
    return (all ? "none: " : "its own rule; none for " + String.join(", ", without.keySet()) + ": ")
        + String.join("; ", reasons);
  }

  private static Vjp run(Sample sample) {
    List<Symbol> in = SampleSymbols.inputs(sample);
    List<Symbol> out = SampleSymbols.outputs(sample, in);
    boolean[] needed = new boolean[in.size()];
    Arrays.fill(needed, true);
    var dy = new ArrayList<@Nullable Tensor>();
    for (Symbol output : out) {
      dy.add(Symbol.var("dy", output.type(), Symbol.Role.DATA, Map.of()));
    }
    Vjp rule = new Vjp(sample.op(), List.copyOf(in), List.copyOf(out), dy, needed);
    rule.run();
    return rule;
  }
}

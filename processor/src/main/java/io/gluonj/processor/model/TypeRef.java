package io.gluonj.processor.model;

import java.util.List;

/**
 * The name of a class.
 *
 * @param packageName the package, empty for the unnamed one
 * @param names the simple names from the outermost class inwards
 * @param typeParameters how many type parameters the innermost class declares
 */
public record TypeRef(String packageName, List<String> names, int typeParameters) {

  /** Copies {@code names}. */
  public TypeRef {
    names = List.copyOf(names);
  }

  /** The innermost simple name. */
  public String simpleName() {
    return names.getLast();
  }

  /** The simple names joined by dots, {@code Outer.Inner}. */
  public String display() {
    return String.join(".", names);
  }

  /** The simple name of the type generated for this class, {@code Outer_Inner_Gluon}. */
  public String generatedName() {
    return String.join("_", names) + "_Gluon";
  }

  /** The full name, {@code demo.Outer.Inner}. */
  public String canonicalName() {
    return packageName.isEmpty() ? display() : packageName + "." + display();
  }
}

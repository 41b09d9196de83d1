package io.gluonj.processor.read;

import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;

/** Prints a type as one reads it: without packages and annotations. */
final class TypeText extends SimpleTypeVisitor14<String, Void> {
  private static final TypeText PRINTER = new TypeText();

  private TypeText() {}

  static String of(TypeMirror type) {
    return PRINTER.visit(type);
  }

  @Override
  protected String defaultAction(TypeMirror type, Void unused) {
    return type.getKind().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String visitDeclared(DeclaredType type, Void unused) {
    String name = ((TypeElement) type.asElement()).getSimpleName().toString();
    return type.getTypeArguments().isEmpty()
        ? name
        : type.getTypeArguments().stream()
            .map(this::visit)
            .collect(Collectors.joining(", ", name + "<", ">"));
  }

  @Override
  public String visitArray(ArrayType type, Void unused) {
    return visit(type.getComponentType()) + "[]";
  }

  @Override
  public String visitTypeVariable(TypeVariable type, Void unused) {
    return type.asElement().getSimpleName().toString();
  }

  @Override
  public String visitWildcard(WildcardType type, Void unused) {
    if (type.getExtendsBound() != null) {
      return "? extends " + visit(type.getExtendsBound());
    }
    return type.getSuperBound() != null ? "? super " + visit(type.getSuperBound()) : "?";
  }
}

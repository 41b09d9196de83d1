package io.gluonj.processor.read;

import io.gluonj.processor.model.TypeRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/** Names of class elements. */
final class TypeRefs {
  private TypeRefs() {}

  static TypeRef of(TypeElement type) {
    Deque<String> names = new ArrayDeque<>();
    Element at = type;
    while (!(at instanceof PackageElement)) {
      names.addFirst(at.getSimpleName().toString());
      at = at.getEnclosingElement();
    }
    String packageName = ((PackageElement) at).getQualifiedName().toString();
    return new TypeRef(packageName, List.copyOf(names), type.getTypeParameters().size());
  }
}

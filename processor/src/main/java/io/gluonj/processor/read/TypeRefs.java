package io.gluonj.processor.read;

import com.google.auto.common.MoreElements;
import io.gluonj.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Names of class elements. */
final class TypeRefs {
  private TypeRefs() {}

  static TypeRef of(TypeElement type) {
    List<String> names =
        enclosing(type).reversed().stream().map(at -> at.getSimpleName().toString()).toList();
    String packageName = MoreElements.getPackage(type).getQualifiedName().toString();
    return new TypeRef(packageName, names, type.getTypeParameters().size());
  }

  /** {@code type} and the classes around it, innermost first. */
  static List<TypeElement> enclosing(TypeElement type) {
    List<TypeElement> found = new ArrayList<>();
    Element at = type;
    while (at instanceof TypeElement around) {
      found.add(around);
      at = around.getEnclosingElement();
    }
    return found;
  }
}

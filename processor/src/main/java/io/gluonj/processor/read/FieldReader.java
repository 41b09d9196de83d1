package io.gluonj.processor.read;

import com.google.auto.common.MoreElements;
import io.gluonj.processor.diag.Origin;
import io.gluonj.processor.model.Access;
import io.gluonj.processor.model.FieldDeclaration;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/** Reads the fields of a class. */
final class FieldReader {
  private final TypeKinds kinds;
  private final SourceView source;

  FieldReader(TypeKinds kinds, SourceView source) {
    this.kinds = kinds;
    this.source = source;
  }

  /** The fields that {@code type} declares, as seen from the package of {@code viewer}. */
  List<FieldDeclaration> read(TypeElement type, TypeElement viewer) {
    return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
        .map(field -> read(field, type, viewer))
        .toList();
  }

  private FieldDeclaration read(VariableElement field, TypeElement type, TypeElement viewer) {
    Set<Modifier> modifiers = field.getModifiers();
    boolean isFinal = modifiers.contains(Modifier.FINAL);
    boolean isStatic = modifiers.contains(Modifier.STATIC);
    var param = AnnotationReader.find(field, SourceNames.PARAM_ANNOTATION);
    boolean isOwnParam = type.equals(viewer) && param.isPresent();
    return new FieldDeclaration(
        TypeRefs.of(type),
        field.getSimpleName().toString(),
        kinds.field(field.asType()),
        TypeText.of(field.asType()),
        access(field, type, viewer),
        isStatic,
        isFinal,
        modifiers.contains(Modifier.TRANSIENT),
        isOwnParam && isFinal && !isStatic && source.isUnset(field),
        !isOwnParam || source.mayMention(type, field),
        param.map(AnnotationReader::asParam),
        Origin.of(field));
  }

  private static Access access(VariableElement field, TypeElement type, TypeElement viewer) {
    Set<Modifier> modifiers = field.getModifiers();
    if (modifiers.contains(Modifier.PRIVATE)) {
      return Access.PRIVATE;
    }
    boolean isSamePackage = MoreElements.getPackage(type).equals(MoreElements.getPackage(viewer));
    return isSamePackage || modifiers.contains(Modifier.PUBLIC)
        ? Access.REACHABLE
        : Access.OTHER_PACKAGE;
  }
}

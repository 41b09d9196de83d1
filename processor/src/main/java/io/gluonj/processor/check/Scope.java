package io.gluonj.processor.check;

import io.gluonj.processor.model.Access;
import io.gluonj.processor.model.BlockDeclaration;
import io.gluonj.processor.model.Expression;
import io.gluonj.processor.model.FieldDeclaration;
import io.gluonj.processor.model.FieldKind;
import io.gluonj.processor.model.SuperBlock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields that a name in an annotation of a class may mean: its own and the inherited ones. */
final class Scope {
  private final Map<String, FieldDeclaration> fields = new LinkedHashMap<>();

  Scope(BlockDeclaration block) {
    Stream.of(
            block.fields().stream(),
            block.supers().stream().map(SuperBlock::fields).flatMap(List::stream),
            block.unannotated().stream())
        .flatMap(stream -> stream)
        .forEach(field -> fields.putIfAbsent(field.name(), field));
  }

  /** The field called {@code name}; the class's own hides an inherited one. */
  Optional<FieldDeclaration> find(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** The names of the reachable fields of one of {@code kinds}. */
  List<String> names(FieldKind... kinds) {
    List<FieldKind> wanted = List.of(kinds);
    return fields.values().stream()
        .filter(field -> wanted.contains(field.kind()) && field.access() == Access.REACHABLE)
        .map(FieldDeclaration::name)
        .toList();
  }

  /** How generated code refers to {@code field}. */
  static Expression.Field reference(FieldDeclaration field) {
    return new Expression.Field(
        field.name(), field.isStatic() ? Optional.of(field.owner()) : Optional.empty());
  }
}

package io.gluonj.processor.read;

import io.gluonj.processor.model.BlockDeclaration.Base;
import io.gluonj.processor.model.FieldKind;
import io.gluonj.processor.model.ValueKind;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Types;

/**
 * Says what a type means to the processor. Types are compared by name: {@code TypeMirror.equals} is
 * not defined to work, and the runtime is not a dependency.
 */
final class TypeKinds {
  private static final List<String> CONTAINERS =
      List.of("java.lang.Iterable", "java.util.Map", "java.util.Optional");

  private final Types types;

  TypeKinds(Types types) {
    this.types = types;
  }

  /** What a field of {@code type} is. */
  FieldKind field(TypeMirror type) {
    return switch (type.getKind()) {
      case INT, LONG -> FieldKind.INTEGER;
      case BOOLEAN -> FieldKind.BOOLEAN;
      case ARRAY -> array(((ArrayType) type).getComponentType());
      case DECLARED, TYPEVAR -> declared(type);
      default -> FieldKind.OTHER;
    };
  }

  /** What a forward argument or result of {@code type} is. */
  ValueKind value(TypeMirror type) {
    if (type.getKind() == TypeKind.ARRAY) {
      TypeMirror component = ((ArrayType) type).getComponentType();
      return choose(component, ValueKind.TENSOR_ARRAY, ValueKind.NDARRAY_ARRAY);
    }
    if (isNamed(type, "java.util.List")) {
      List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
      return arguments.size() == 1
          ? choose(upper(arguments.getFirst()), ValueKind.TENSOR_LIST, ValueKind.NDARRAY_LIST)
          : ValueKind.OTHER;
    }
    return choose(type, ValueKind.TENSOR, ValueKind.NDARRAY);
  }

  /** Which of Gluon's classes {@code type} descends from. */
  Base base(TypeMirror type) {
    if (supertype(type, SourceNames.HYBRID_BLOCK).isPresent()) {
      return Base.HYBRID_BLOCK;
    }
    return supertype(type, SourceNames.BLOCK).isPresent() ? Base.BLOCK : Base.NONE;
  }

  private FieldKind array(TypeMirror component) {
    if (component.getKind() == TypeKind.INT || component.getKind() == TypeKind.LONG) {
      return FieldKind.INTEGER_ARRAY;
    }
    if (base(component) != Base.NONE) {
      return FieldKind.BLOCK_ARRAY;
    }
    return mentionsBlock(component) ? FieldKind.HIDDEN_BLOCKS : FieldKind.OTHER;
  }

  private FieldKind declared(TypeMirror type) {
    if (base(type) != Base.NONE) {
      return FieldKind.BLOCK;
    }
    if (supertype(type, SourceNames.PARAMETER).isPresent()) {
      return FieldKind.PARAMETER;
    }
    if (supertype(type, SourceNames.INITIALIZER).isPresent()) {
      return FieldKind.INITIALIZER;
    }
    Optional<DeclaredType> list = supertype(type, "java.util.List");
    if (list.isPresent() && isBlock(argument(list.get(), 0))) {
      return FieldKind.BLOCK_LIST;
    }
    Optional<DeclaredType> map = supertype(type, "java.util.Map");
    if (map.isPresent()
        && argument(map.get(), 0).filter(key -> isNamed(key, "java.lang.String")).isPresent()
        && isBlock(argument(map.get(), 1))) {
      return FieldKind.BLOCK_MAP;
    }
    return mentionsBlock(type) ? FieldKind.HIDDEN_BLOCKS : FieldKind.OTHER;
  }

  private boolean isBlock(Optional<TypeMirror> type) {
    return type.filter(argument -> base(argument) != Base.NONE).isPresent();
  }

  /** Whether {@code type} is a block, or an array or container of something that mentions one. */
  private boolean mentionsBlock(TypeMirror type) {
    if (type.getKind() == TypeKind.ARRAY) {
      return mentionsBlock(((ArrayType) type).getComponentType());
    }
    if (base(type) != Base.NONE) {
      return true;
    }
    return CONTAINERS.stream()
        .flatMap(name -> supertype(type, name).stream())
        .flatMap(container -> container.getTypeArguments().stream())
        .anyMatch(argument -> mentionsBlock(upper(argument)));
  }

  private static Optional<TypeMirror> argument(DeclaredType type, int index) {
    List<? extends TypeMirror> arguments = type.getTypeArguments();
    return index < arguments.size() ? Optional.of(upper(arguments.get(index))) : Optional.empty();
  }

  private static ValueKind choose(TypeMirror type, ValueKind tensor, ValueKind ndarray) {
    if (isNamed(type, SourceNames.TENSOR)) {
      return tensor;
    }
    return isNamed(type, SourceNames.NDARRAY) ? ndarray : ValueKind.OTHER;
  }

  /** {@code type} seen as its supertype called {@code name}, with its type arguments. */
  private Optional<DeclaredType> supertype(TypeMirror type, String name) {
    TypeMirror bound = upper(type);
    if (isNamed(bound, name)) {
      return Optional.of((DeclaredType) bound);
    }
    return switch (bound.getKind()) {
      case DECLARED, INTERSECTION ->
          types.directSupertypes(bound).stream()
              .flatMap(parent -> supertype(parent, name).stream())
              .findFirst();
      default -> Optional.empty();
    };
  }

  /** The type that values of {@code type} are known to have. */
  private static TypeMirror upper(TypeMirror type) {
    return switch (type) {
      case TypeVariable variable -> upper(variable.getUpperBound());
      case WildcardType wildcard when wildcard.getExtendsBound() != null ->
          upper(wildcard.getExtendsBound());
      default -> type;
    };
  }

  private static boolean isNamed(TypeMirror type, String name) {
    return type.getKind() == TypeKind.DECLARED
        && ((DeclaredType) type).asElement() instanceof TypeElement element
        && element.getQualifiedName().contentEquals(name);
  }
}

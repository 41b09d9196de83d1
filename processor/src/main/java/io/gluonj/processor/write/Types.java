package io.gluonj.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import io.gluonj.processor.model.TypeRef;
import java.util.Collections;
import java.util.List;

/** JavaPoet's names for the model's. */
final class Types {
  static final ClassName LIST = ClassName.get(List.class);
  static final TypeName TENSORS = ParameterizedTypeName.get(LIST, RuntimeNames.TENSOR);

  private Types() {}

  /** The class itself. */
  static ClassName of(TypeRef type) {
    List<String> names = type.names();
    return ClassName.get(
        type.packageName(),
        names.getFirst(),
        names.subList(1, names.size()).toArray(String[]::new));
  }

  /** The class as the type of a variable: {@code Residual<?>} for a generic one. */
  static TypeName wildcarded(TypeRef type) {
    if (type.typeParameters() == 0) {
      return of(type);
    }
    TypeName anything = WildcardTypeName.subtypeOf(Object.class);
    return ParameterizedTypeName.get(
        of(type), Collections.nCopies(type.typeParameters(), anything).toArray(TypeName[]::new));
  }

  /** The class generated for {@code type}. */
  static ClassName generated(TypeRef type) {
    return ClassName.get(type.packageName(), type.generatedName());
  }
}

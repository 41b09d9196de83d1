package io.gluonj.processor.read;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import io.gluonj.processor.diag.Origin;
import io.gluonj.processor.model.ArgumentDeclaration;
import io.gluonj.processor.model.ForwardDeclaration;
import io.gluonj.processor.model.ValueKind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Reads the methods of a class that compute tensors. */
final class ForwardReader {
  private final TypeKinds kinds;

  ForwardReader(TypeKinds kinds) {
    this.kinds = kinds;
  }

  /** The methods of {@code type} with {@code @Forward}. */
  List<ForwardDeclaration> read(TypeElement type) {
    return methods(type).filter(ForwardReader::isForward).map(this::read).toList();
  }

  /** Whether {@code type} itself declares a method with {@code @Forward}. */
  static boolean declares(TypeElement type) {
    return methods(type).anyMatch(ForwardReader::isForward);
  }

  /** The methods without {@code @Forward} that look like one, {@code Tensor forward(Tensor x)}. */
  List<String> candidates(TypeElement type) {
    return methods(type)
        .filter(method -> !isForward(method) && !method.getParameters().isEmpty())
        .filter(method -> kinds.value(method.getReturnType()) != ValueKind.OTHER)
        .map(ForwardReader::declaration)
        .toList();
  }

  /** Reads one method. */
  ForwardDeclaration read(ExecutableElement method) {
    boolean isNullMarked = isNullMarked(method);
    return new ForwardDeclaration(
        method.getSimpleName().toString(),
        signature(method),
        method.getModifiers().contains(Modifier.PRIVATE),
        method.getModifiers().contains(Modifier.STATIC),
        method.getParameters().stream().map(argument -> read(argument, isNullMarked)).toList(),
        kinds.value(method.getReturnType()),
        TypeText.of(method.getReturnType()),
        method.getThrownTypes().stream()
            .filter(ForwardReader::isChecked)
            .map(TypeText::of)
            .toList(),
        Origin.of(method));
  }

  private ArgumentDeclaration read(VariableElement argument, boolean isNullMarked) {
    return new ArgumentDeclaration(
        argument.getSimpleName().toString(),
        kinds.value(argument.asType()),
        TypeText.of(argument.asType()),
        !isNullMarked || isNullable(argument),
        Origin.of(argument));
  }

  private static Stream<ExecutableElement> methods(TypeElement type) {
    return ElementFilter.methodsIn(type.getEnclosedElements()).stream();
  }

  private static boolean isForward(ExecutableElement method) {
    return MoreElements.isAnnotationPresent(method, SourceNames.FORWARD_ANNOTATION);
  }

  private static String signature(ExecutableElement method) {
    return method.getParameters().stream()
        .map(argument -> TypeText.of(argument.asType()))
        .collect(Collectors.joining(", ", method.getSimpleName() + "(", ")"));
  }

  private static String declaration(ExecutableElement method) {
    return method.getParameters().stream()
        .map(argument -> TypeText.of(argument.asType()) + " " + argument.getSimpleName())
        .collect(
            Collectors.joining(
                ", ",
                TypeText.of(method.getReturnType()) + " " + method.getSimpleName() + "(",
                ")"));
  }

  private static boolean isChecked(TypeMirror type) {
    for (TypeElement at = MoreTypes.asTypeElement(type); ; ) {
      String name = at.getQualifiedName().toString();
      if (name.equals("java.lang.RuntimeException") || name.equals("java.lang.Error")) {
        return false;
      }
      if (name.equals("java.lang.Throwable")) {
        return true;
      }
      at = MoreTypes.asTypeElement(at.getSuperclass());
    }
  }

  private static boolean isNullable(VariableElement argument) {
    return Stream.concat(
            argument.getAnnotationMirrors().stream(),
            argument.asType().getAnnotationMirrors().stream())
        .anyMatch(mirror ->
            mirror.getAnnotationType().asElement().getSimpleName().contentEquals("Nullable"));
  }

  private static boolean isNullMarked(Element element) {
    for (Element at = element; at != null; at = at.getEnclosingElement()) {
      if (MoreElements.isAnnotationPresent(at, SourceNames.NULL_UNMARKED)) {
        return false;
      }
      if (MoreElements.isAnnotationPresent(at, SourceNames.NULL_MARKED)) {
        return true;
      }
    }
    return false;
  }
}

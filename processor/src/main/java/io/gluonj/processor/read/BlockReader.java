package io.gluonj.processor.read;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import io.gluonj.processor.diag.Origin;
import io.gluonj.processor.model.BlockDeclaration;
import io.gluonj.processor.model.FieldDeclaration;
import io.gluonj.processor.model.MemberDeclaration;
import io.gluonj.processor.model.SuperBlock;
import io.gluonj.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements;

/**
 * Reads a class with {@code @Block} into a {@link BlockDeclaration}: what the user wrote, judged by
 * nobody yet.
 */
public final class BlockReader {
  private final Elements elements;
  private final TypeKinds kinds;
  private final FieldReader fields;
  private final ForwardReader forwards;

  /** A reader for one compilation. */
  public BlockReader(ProcessingEnvironment environment) {
    elements = environment.getElementUtils();
    kinds = new TypeKinds(environment.getTypeUtils());
    fields = new FieldReader(kinds, SourceView.of(environment));
    forwards = new ForwardReader(kinds);
  }

  /** Reads {@code type}, which has {@code @Block}. */
  public BlockDeclaration read(TypeElement type) {
    List<TypeElement> supers = superclasses(type);
    return new BlockDeclaration(
        TypeRefs.of(type),
        type.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        kinds.base(type.asType()),
        TypeText.of(type.getSuperclass()),
        isPublic(type),
        type.getModifiers().contains(Modifier.ABSTRACT),
        privateClass(type),
        AnnotationReader.find(type, SourceNames.BLOCK_ANNOTATION).orElseThrow().text("hint"),
        fields.read(type, type),
        superBlocks(supers, type),
        unannotated(supers, type),
        forwards.read(type),
        forwards.candidates(type),
        generatedAnnotation(type),
        Origin.of(type));
  }

  /** Reads where {@code member}, a field or method with one of our annotations, stands. */
  public MemberDeclaration readMember(Element member) {
    TypeElement owner = MoreElements.asType(member.getEnclosingElement());
    boolean isField = member.getKind().isField();
    return new MemberDeclaration(
        isField ? MemberDeclaration.Kind.PARAM : MemberDeclaration.Kind.FORWARD,
        isField
            ? member.getSimpleName().toString()
            : forwards.read(MoreElements.asExecutable(member)).signature(),
        TypeRefs.of(owner),
        isAnnotated(owner),
        Origin.of(member));
  }

  /** The superclasses of {@code type} below Gluon's own two, nearest first. */
  private static List<TypeElement> superclasses(TypeElement type) {
    List<TypeElement> found = new ArrayList<>();
    TypeElement at = type;
    while (at.getSuperclass().getKind() == TypeKind.DECLARED) {
      at = MoreTypes.asTypeElement(at.getSuperclass());
      String name = at.getQualifiedName().toString();
      if (name.equals(SourceNames.BLOCK) || name.equals(SourceNames.HYBRID_BLOCK)) {
        break;
      }
      found.add(at);
    }
    return found;
  }

  private List<SuperBlock> superBlocks(List<TypeElement> supers, TypeElement viewer) {
    List<TypeElement> blocks = supers.stream().filter(BlockReader::isAnnotated).toList();
    List<SuperBlock> found = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      TypeElement block = blocks.get(i);
      boolean definesForward =
          blocks.subList(i, blocks.size()).stream().anyMatch(ForwardReader::declares);
      found.add(
          new SuperBlock(
              TypeRefs.of(block), isPublic(block), definesForward, fields.read(block, viewer)));
    }
    return found;
  }

  private List<FieldDeclaration> unannotated(List<TypeElement> supers, TypeElement viewer) {
    return supers.stream()
        .filter(parent -> !isAnnotated(parent))
        .flatMap(parent -> fields.read(parent, viewer).stream())
        .toList();
  }

  private static boolean isAnnotated(TypeElement type) {
    return MoreElements.isAnnotationPresent(type, SourceNames.BLOCK_ANNOTATION);
  }

  private static boolean isPublic(TypeElement type) {
    return TypeRefs.enclosing(type).stream()
        .allMatch(at -> at.getModifiers().contains(Modifier.PUBLIC));
  }

  private static Optional<String> privateClass(TypeElement type) {
    return TypeRefs.enclosing(type).stream()
        .filter(at -> at.getModifiers().contains(Modifier.PRIVATE))
        .map(at -> at.getSimpleName().toString())
        .findFirst();
  }

  // Asked of the user's module: one that does not read java.compiler cannot name the annotation.
  private Optional<TypeRef> generatedAnnotation(TypeElement type) {
    String name = "javax.annotation.processing.Generated";
    TypeElement generated =
        elements.getModuleOf(type) == null
            ? elements.getTypeElement(name)
            : elements.getTypeElement(elements.getModuleOf(type), name);
    return Optional.ofNullable(generated).map(TypeRefs::of);
  }
}

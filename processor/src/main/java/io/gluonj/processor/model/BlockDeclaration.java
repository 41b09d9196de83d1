package io.gluonj.processor.model;

import io.gluonj.processor.diag.Origin;
import java.util.List;
import java.util.Optional;

/**
 * A {@code @Block} class as the user declared it, right or wrong. What is right becomes a {@link
 * BlockModel}.
 *
 * @param kind what it is in Java's words: class, interface, enum, record
 * @param base which of Gluon's classes it descends from
 * @param superText its superclass as written
 * @param privateClass the private class, itself or around it, that hides it
 * @param supers its {@code @Block} superclasses, nearest first
 * @param unannotated fields of superclasses without {@code @Block}, nearest first
 * @param methods the methods it declares without {@code @Forward} that compute tensors
 * @param generated the {@code Generated} annotation visible to it, if any
 * @param origin the class
 */
public record BlockDeclaration(
    TypeRef type,
    String kind,
    Base base,
    String superText,
    boolean isPublic,
    boolean isAbstract,
    Optional<String> privateClass,
    Attribute<String> hint,
    List<FieldDeclaration> fields,
    List<SuperBlock> supers,
    List<FieldDeclaration> unannotated,
    List<ForwardDeclaration> forwards,
    List<String> methods,
    Optional<TypeRef> generated,
    Origin origin) {

  /** The class that gives a block its abilities. */
  public enum Base {
    BLOCK,
    HYBRID_BLOCK,
    NONE
  }

  /** Copies the lists. */
  public BlockDeclaration {
    fields = List.copyOf(fields);
    supers = List.copyOf(supers);
    unannotated = List.copyOf(unannotated);
    forwards = List.copyOf(forwards);
    methods = List.copyOf(methods);
  }
}

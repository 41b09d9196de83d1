package io.gluonj.gluon;

import io.gluonj.types.InvalidArgumentException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the definition of a class of blocks. For {@code demo.Outer$Net} it is {@code
 * demo.Outer_Net_Gluon}, which registers itself when it is loaded. A subclass that adds nothing
 * uses its superclass's.
 */
public final class BlockDefinitions {
  private static final class Slot {
    volatile @Nullable BlockDefinition<?> own;
    volatile @Nullable BlockDefinition<?> found;
  }

  private static final ClassValue<Slot> SLOTS =
      new ClassValue<>() {
        @Override
        protected Slot computeValue(Class<?> type) {
          return new Slot();
        }
      };

  private BlockDefinitions() {}

  /** States the definition of a class; generated classes call this when they are loaded. */
  public static <B extends Block> void register(
      Class<? super B> type, BlockDefinition<B> definition) {
    SLOTS.get(type).own = definition;
  }

  /**
   * The definition of a block's class.
   *
   * @throws InvalidArgumentException if the class has been compiled without the processor
   */
  static BlockDefinition<?> of(Class<? extends Block> type) {
    Slot slot = SLOTS.get(type);
    BlockDefinition<?> found = slot.found;
    if (found == null) {
      found = find(type);
      slot.found = found;
    }
    return found;
  }

  private static BlockDefinition<?> find(Class<? extends Block> type) {
    for (Class<?> c = type; c != Block.class && c != HybridBlock.class; c = c.getSuperclass()) {
      BlockDefinition<?> own = own(c);
      if (own != null) {
        return own;
      }
      Field member = member(c);
      if (member != null) {
        throw missing(c, "its field '" + member.getName() + "' would not be registered");
      }
    }
    throw missing(type, "so the runtime cannot know its parameters, children and forward method");
  }

  private static @Nullable BlockDefinition<?> own(Class<?> type) {
    Slot slot = SLOTS.get(type);
    if (slot.own == null) {
      String generated = type.getName().replace('$', '_') + "_Gluon";
      try {
        Class.forName(generated, true, type.getClassLoader());
      } catch (ClassNotFoundException e) {
        return null; // an ordinary answer: the class adds nothing, or find() reports it
      }
    }
    return slot.own;
  }

  /** A field that the processor would have registered. */
  private static @Nullable Field member(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(f -> !f.isSynthetic())
        .filter(
            f -> !Modifier.isStatic(f.getModifiers()) && !Modifier.isTransient(f.getModifiers()))
        .filter(f ->
            Block.class.isAssignableFrom(f.getType())
                || Block[].class.isAssignableFrom(f.getType())
                || f.getType() == Parameter.class)
        .findFirst()
        .orElse(null);
  }

  private static InvalidArgumentException missing(Class<?> type, String consequence) {
    return new InvalidArgumentException(
        "no generated code was found for block " + type.getName(),
        "class " + type.getName().replace('$', '_') + "_Gluon does not exist, " + consequence,
        """
        mark the class with @Block and run the annotation processor; in pom.xml:
                 <plugin>
                   <artifactId>maven-compiler-plugin</artifactId>
                   <configuration>
                     <annotationProcessorPaths>
                       <path>
                         <groupId>io.gluonj</groupId>
                         <artifactId>gluonj-processor</artifactId>
                         <version>${gluonj.version}</version>
                       </path>
                     </annotationProcessorPaths>
                   </configuration>
                 </plugin>
               (since JDK 23 javac ignores processors that are only on the class path)\
        """);
  }
}

package io.gluonj.processor.read;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Name;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** Reads bodies through {@code com.sun.source}, javac's public tree API. */
final class JavacSourceView implements SourceView {
  private final Trees trees;

  private JavacSourceView(Trees trees) {
    this.trees = trees;
  }

  /** Empty if the compiler is not javac or hides itself behind a wrapper. */
  static Optional<SourceView> open(ProcessingEnvironment environment) {
    try {
      return Optional.of(new JavacSourceView(Trees.instance(environment)));
    } catch (IllegalArgumentException | LinkageError notJavac) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isUnset(VariableElement field) {
    return trees.getTree(field) instanceof VariableTree variable
        && variable.getInitializer() == null
        && field.getEnclosingElement() instanceof TypeElement type
        && trees.getTree(type) instanceof ClassTree body
        && !Boolean.TRUE.equals(new Assignments(field.getSimpleName()).scan(body, null));
  }

  @Override
  public boolean mayMention(TypeElement type, VariableElement field) {
    return !(trees.getTree(type) instanceof ClassTree body)
        || Boolean.TRUE.equals(new Mentions(field.getSimpleName()).scan(body, null));
  }

  private static boolean names(Tree tree, Name name) {
    return switch (tree) {
      case IdentifierTree identifier -> identifier.getName().contentEquals(name);
      case MemberSelectTree select -> select.getIdentifier().contentEquals(name);
      default -> false;
    };
  }

  /** A scan that answers whether something occurs anywhere. */
  private abstract static class Search extends TreeScanner<Boolean, Void> {
    final Name name;

    Search(Name name) {
      this.name = name;
    }

    @Override
    public Boolean reduce(Boolean left, Boolean right) {
      return Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right);
    }
  }

  private static final class Assignments extends Search {
    Assignments(Name name) {
      super(name);
    }

    @Override
    public Boolean visitAssignment(AssignmentTree node, Void unused) {
      return names(node.getVariable(), name) || reduce(false, super.visitAssignment(node, unused));
    }
  }

  private static final class Mentions extends Search {
    Mentions(Name name) {
      super(name);
    }

    @Override
    public Boolean visitAssignment(AssignmentTree node, Void unused) {
      ExpressionTree target = node.getVariable();
      return reduce(
          !names(target, name) && reduce(false, scan(target, unused)),
          scan(node.getExpression(), unused));
    }

    @Override
    public Boolean visitIdentifier(IdentifierTree node, Void unused) {
      return names(node, name);
    }

    @Override
    public Boolean visitMemberSelect(MemberSelectTree node, Void unused) {
      return names(node, name) || reduce(false, super.visitMemberSelect(node, unused));
    }
  }
}

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
    if (!(trees.getTree(field) instanceof VariableTree variable)
        || variable.getInitializer() != null
        || !(field.getEnclosingElement() instanceof TypeElement type)) {
      return false;
    }
    ClassTree body = trees.getTree(type);
    return body != null && !new Assignments().finds(body, field.getSimpleName());
  }

  @Override
  public boolean mayMention(TypeElement type, VariableElement field) {
    ClassTree body = trees.getTree(type);
    return body == null || new Mentions().finds(body, field.getSimpleName());
  }

  private static boolean names(Tree tree, Name name) {
    return switch (tree) {
      case IdentifierTree identifier -> identifier.getName().contentEquals(name);
      case MemberSelectTree select -> select.getIdentifier().contentEquals(name);
      default -> false;
    };
  }

  /** A scan for a name that answers whether it occurs anywhere. */
  private abstract static class Search extends TreeScanner<Boolean, Name> {
    boolean finds(Tree tree, Name name) {
      return reduce(false, scan(tree, name));
    }

    @Override
    public Boolean reduce(Boolean left, Boolean right) {
      return Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right);
    }
  }

  private static final class Assignments extends Search {
    @Override
    public Boolean visitAssignment(AssignmentTree node, Name name) {
      return names(node.getVariable(), name) || reduce(false, super.visitAssignment(node, name));
    }
  }

  private static final class Mentions extends Search {
    @Override
    public Boolean visitAssignment(AssignmentTree node, Name name) {
      ExpressionTree target = node.getVariable();
      boolean isInTarget = !names(target, name) && finds(target, name);
      return isInTarget || finds(node.getExpression(), name);
    }

    @Override
    public Boolean visitIdentifier(IdentifierTree node, Name name) {
      return names(node, name);
    }

    @Override
    public Boolean visitMemberSelect(MemberSelectTree node, Name name) {
      return names(node, name) || reduce(false, super.visitMemberSelect(node, name));
    }
  }
}

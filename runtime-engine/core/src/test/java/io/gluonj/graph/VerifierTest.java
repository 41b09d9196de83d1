package io.gluonj.graph;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.op.BinaryMath;
import io.gluonj.op.UnaryMath;
import io.gluonj.tensor.Origin;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.TensorType;
import io.gluonj.types.VerificationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VerifierTest {
  private static final TensorType TWO = TensorType.float32(2);
  private static final Node X = new Node.Variable("x", TWO, Symbol.Role.DATA, Map.of());

  private static Node exp(Value input, TensorType type) {
    return new Node.Apply(new UnaryMath.Exp(), List.of(input), List.of(type), "e", Origin.NONE);
  }

  private static void broken(Graph graph, String expected) {
    var e = assertThrows(VerificationException.class, () -> Verifier.verify(graph, "a pass"));
    assertThat(e).hasMessageThat().startsWith("after a pass: ");
    assertThat(e).hasMessageThat().contains(expected);
  }

  @Test
  void aSoundGraphIsReturned() {
    Graph graph =
        new Graph(
            List.of(X, exp(new Value(0, 0), TWO)), List.of(0), List.of(new Value(1, 0)), Map.of());
    assertThat(Verifier.verify(graph, "a pass")).isSameInstanceAs(graph);
  }

  @Test
  void wrongTypesAreFound() {
    broken(
        new Graph(
            List.of(X, exp(new Value(0, 0), TensorType.float32(3))),
            List.of(0),
            List.of(new Value(1, 0)),
            Map.of()),
        "%1 has types [float32(3,)], inference says [float32(2,)]");
  }

  @Test
  void inputsThatDoNotPrecedeAreFound() {
    broken(
        new Graph(
            List.of(X, exp(new Value(1, 0), TWO)), List.of(0), List.of(new Value(1, 0)), Map.of()),
        "does not precede it");
    broken(
        new Graph(
            List.of(X, exp(new Value(0, 3), TWO)), List.of(0), List.of(new Value(1, 0)), Map.of()),
        "does not precede it");
  }

  @Test
  void unlistedVariablesAreFound() {
    broken(
        new Graph(List.of(X), List.of(), List.of(new Value(0, 0)), Map.of()),
        "variable %0 is not among the inputs");
  }

  @Test
  void variablesListedTwiceAreFound() {
    broken(
        new Graph(List.of(X), List.of(0, 0), List.of(new Value(0, 0)), Map.of()),
        "input %0 is no variable or is listed twice");
  }

  @Test
  void outputsThatDoNotExistAreFound() {
    broken(new Graph(List.of(X), List.of(0), List.of(new Value(4, 0)), Map.of()), "does not exist");
    broken(new Graph(List.of(X), List.of(0), List.of(new Value(0, 1)), Map.of()), "does not exist");
  }

  @Test
  void updatesThatChangeATypeAreFound() {
    Node wide = new Node.Variable("y", TensorType.float32(3, 2), Symbol.Role.DATA, Map.of());
    Node sum =
        new Node.Apply(
            new BinaryMath.Add(),
            List.of(new Value(0, 0), new Value(1, 0)),
            List.of(TensorType.float32(3, 2)),
            "s",
            Origin.NONE);
    broken(
        new Graph(
            List.of(X, wide, sum),
            List.of(0, 1),
            List.of(new Value(2, 0)),
            Map.of(0, new Value(2, 0))),
        "the update of %0 changes its type");
  }
}

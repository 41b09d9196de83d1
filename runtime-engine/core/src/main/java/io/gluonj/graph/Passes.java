package io.gluonj.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The passes that a function's graph goes through, one after another. With {@code
 * -Dgluonj.debug=verify} each result is verified, with {@code -Dgluonj.debug=passes} each is logged
 * as text where it differs from what the pass was given; both may be named, separated by a comma.
 */
public final class Passes {
  private static final System.Logger LOG = System.getLogger(Passes.class.getName());
  private static final List<String> DEBUG =
      List.of(System.getProperty("gluonj.debug", "").split(","));

  private final String function;
  private final boolean verify;
  private final @Nullable Consumer<String> log;
  private final List<String> done = new ArrayList<>();

  /**
   * Passes over a function.
   *
   * @param function what the log calls it
   */
  public Passes(String function) {
    this(
        function,
        DEBUG.contains("verify"),
        DEBUG.contains("passes") ? text -> LOG.log(System.Logger.Level.INFO, text) : null);
  }

  Passes(String function, boolean verify, @Nullable Consumer<String> log) {
    this.function = function;
    this.verify = verify;
    this.log = log;
  }

  /** Runs a pass. */
  public Graph run(String pass, UnaryOperator<Graph> action, Graph graph) {
    if (log != null && done.isEmpty()) {
      log.accept(function + " as traced:\n" + graph);
    }
    done.add(pass);
    Graph result = action.apply(graph);
    if (verify) {
      Verifier.verify(result, pass);
    }
    if (log != null && !result.equals(graph)) {
      log.accept(function + " after " + pass + ":\n" + result);
    }
    return result;
  }

  /** Names of the passes that have run. */
  List<String> done() {
    return List.copyOf(done);
  }
}

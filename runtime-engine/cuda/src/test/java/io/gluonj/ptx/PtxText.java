package io.gluonj.ptx;

import java.util.Map;

/**
 * A module as it is written.
 *
 * @param variables at module scope
 */
record PtxText(Map<String, Variable> variables, Map<String, PtxFunction> functions) {
  PtxFunction function(String name) {
    PtxFunction function = functions.get(name);
    if (function == null) {
      throw new PtxException("PTX has no function '" + name + "'; it has " + functions.keySet());
    }
    return function;
  }
}

package io.gluonj.cli.tour;

import io.gluonj.gluon.ParamSpec;
import io.gluonj.gluon.Parameter;
import io.gluonj.gluon.ParameterDict;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import java.util.List;

/**
 * A dictionary of parameters with a prefix.
 *
 * @param conflict what asking for the same parameter in another shape says
 */
public record PrefixedDictionary(
    ParameterDict dictionary, Parameter first, Parameter again, String conflict)
    implements Finding {

  static PrefixedDictionary run(Device device) {
    ParameterDict dictionary = new ParameterDict("block1_");
    Parameter first = dictionary.get("weight", ParamSpec.shape(2, 3));
    Parameter again = dictionary.get("weight", ParamSpec.shape(2, ParamSpec.UNKNOWN));
    String conflict;
    try {
      dictionary.get("weight", ParamSpec.shape(5, 5));
      conflict = "";
    } catch (InvalidArgumentException e) {
      conflict = String.valueOf(e.getMessage());
    }
    return new PrefixedDictionary(dictionary, first, again, conflict);
  }

  @Override
  public String title() {
    return "A ParameterDict with a prefix";
  }

  @Override
  public List<String> lines() {
    return List.of(
        dictionary.toString(),
        "get(\"weight\") makes "
            + first.name()
            + "; asked again, it gives the same object: "
            + (first == again),
        "asked for in another shape, it says:",
        conflict);
  }

  @Override
  public boolean consistent() {
    return first == again && first.name().equals("block1_weight") && !conflict.isEmpty();
  }
}

package io.gluonj.cli.tour;

import io.gluonj.gluon.Parameter;
import io.gluonj.gluon.ParameterDict;
import io.gluonj.initializer.Xavier;
import io.gluonj.samples.LeNet;
import io.gluonj.samples.SampleModel;
import io.gluonj.types.Device;
import java.util.List;
import java.util.Objects;

/**
 * All parameters of a net, looked up by full, by short and by structural name.
 *
 * @param full found under the full name
 * @param brief found in its layer's own dictionary under the short name
 * @param structural found under the structural name
 */
public record CollectedParameters(
    ParameterDict all, Parameter full, Parameter brief, Parameter structural, int weights)
    implements Finding {

  static CollectedParameters run(Device device) {
    LeNet net = new LeNet();
    net.initialize(new Xavier(), device);
    net.inferShape(SampleModel.LENET.input(1));
    ParameterDict all = net.collectParams();
    Parameter structural = all.at("conv1.weight");
    return new CollectedParameters(
        all,
        all.at(structural.name()),
        Objects.requireNonNull(net.children().get("conv1")).params().get("weight"),
        structural,
        net.collectParams(".*weight").size());
  }

  @Override
  public String title() {
    return "collectParams(): printed, and looked up by name";
  }

  @Override
  public List<String> lines() {
    return List.of(
        all.toString(),
        "full name " + full.name() + ": " + full.shape(),
        "short name weight in conv1: the same object: " + (brief == full),
        "structural name conv1.weight: the same object: " + (structural == full),
        "collectParams(\".*weight\") selects " + weights + " of " + all.size());
  }

  @Override
  public boolean consistent() {
    return full == brief && full == structural && weights == 4 && all.size() == 8;
  }
}

package io.gluonj.cli.tour;

import io.gluonj.gluon.Block;
import io.gluonj.tensor.Generator;
import io.gluonj.types.Device;
import java.util.List;
import java.util.function.Function;

/** The steps in the order in which they are told. */
public final class Tour {
  private static final List<Function<Device, Finding>> STEPS =
      List.of(
          LeNetTwice::run,
          OwnContainer::run,
          OwnDense::run,
          LoneParameter::run,
          PrefixedDictionary::run,
          WeightsAndGradients::run,
          XavierValues::run,
          CollectedParameters::run,
          DeferredShape::run,
          SavedAndLoaded::run,
          Hybridized::run,
          ImperativeChild::run,
          TracedGraph::run,
          WrongShape::run,
          FirstTraining::run);

  private Tour() {}

  /** Number of steps. */
  public static int size() {
    return STEPS.size();
  }

  /**
   * Runs a step on its own: names and random numbers start anew.
   *
   * @param step from 0
   */
  public static Finding run(int step, Device device) {
    Block.restartNames();
    Generator.standard().seed(step + 1L);
    return STEPS.get(step).apply(device);
  }
}

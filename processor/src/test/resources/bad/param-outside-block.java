package demo;

import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;

class Net extends HybridBlock {
  @Param(shape = "10")
  Parameter weight;
}

package io.gluonj.cuda;

import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.JCudaDriver;

/** A captured sequence of work that one call starts. */
public final class GpuGraph implements AutoCloseable {
  private final Gpu gpu;
  private final CUgraphExec executable = new CUgraphExec();

  /** Takes over a captured graph, and destroys it. */
  GpuGraph(Gpu gpu, CUgraph captured) {
    this.gpu = gpu;
    int code = JCudaDriver.cuGraphInstantiate(executable, captured, 0);
    int destroyed = JCudaDriver.cuGraphDestroy(captured);
    Cuda.check(code, "cuGraphInstantiate");
    Cuda.check(destroyed, "cuGraphDestroy");
  }

  CUgraphExec raw() {
    return executable;
  }

  /** Destroys it; a run that is under way goes on. */
  @Override
  public void close() {
    gpu.activate();
    Cuda.check(JCudaDriver.cuGraphExecDestroy(executable), "cuGraphExecDestroy");
  }
}

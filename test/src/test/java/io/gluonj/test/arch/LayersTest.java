package io.gluonj.test.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Dependencies between packages. */
class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.gluonj");

  private static final String[] GLUON = {
    "io.gluonj.gluon..",
    "io.gluonj.nn..",
    "io.gluonj.rnn..",
    "io.gluonj.loss..",
    "io.gluonj.metric..",
    "io.gluonj.optimizer..",
    "io.gluonj.initializer..",
    "io.gluonj.data..",
    "io.gluonj.samples..",
    "io.gluonj.cli.."
  };

  private static final String[] NATIVE = {
    "io.gluonj.llvm..", "io.gluonj.dnnl..", "io.gluonj.omp..", "io.gluonj.natives.."
  };

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  @Test
  void theEngineKnowsNoBlock() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.gluonj.types..",
                "io.gluonj.op..",
                "io.gluonj.tensor..",
                "io.gluonj.graph..",
                "io.gluonj.backend..",
                "io.gluonj.conformance..",
                "io.gluonj.io..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(GLUON));
  }

  @Test
  void operatorsKnowNoBackendPassOrFile() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.gluonj.op..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.gluonj.backend..", "io.gluonj.graph..", "io.gluonj.io.."));
  }

  @Test
  void onlyTheCudaBackendKnowsJCuda() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.gluonj.cuda..", "io.gluonj.backend.cuda..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jcuda..", "org.bytedeco.."));
  }

  @Test
  void theCpuAndCudaBackendsDoNotKnowEachOther() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.gluonj.backend.cpu..", "io.gluonj.dnnl..", "io.gluonj.omp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.gluonj.cuda..", "io.gluonj.backend.cuda.."));
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.gluonj.cuda..", "io.gluonj.backend.cuda..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.gluonj.backend.cpu..", "io.gluonj.dnnl..", "io.gluonj.omp.."));
  }

  @Test
  void theDriverLayerKnowsNoOperator() {
    check(
        noClasses()
            .that()
            // the libraries beside it take windows of convolutions and kernels of our own
            .resideInAnyPackage("io.gluonj.cuda", "io.gluonj.cuda.binding", "io.gluonj.cuda.nccl")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.gluonj.op..",
                "io.gluonj.tensor..",
                "io.gluonj.graph..",
                "io.gluonj.backend.."));
  }

  @Test
  void onlyBackendsReachNativeBindings() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.gluonj.llvm..",
                "io.gluonj.dnnl..",
                "io.gluonj.omp..",
                "io.gluonj.natives..",
                "io.gluonj.backend.cpu..",
                "io.gluonj.backend.cuda..",
                "io.gluonj.cuda..",
                "io.gluonj.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(NATIVE));
  }

  @Test
  void passesKnowNoDevice() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.gluonj.graph..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.gluonj.backend.."));
  }

  @Test
  void codeGenerationKnowsNoNativeLibrary() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.gluonj.codegen..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(NATIVE));
  }

  @Test
  void theProcessorKnowsTheRuntimeByNameOnly() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.gluonj.processor..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.gluonj.gluon..", "io.gluonj.tensor..", "io.gluonj.types.."));
  }

  @Test
  void vocabularyDependsOnNothing() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.gluonj.types..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.gluonj.op..",
                "io.gluonj.tensor..",
                "io.gluonj.graph..",
                "io.gluonj.backend.."));
  }
}

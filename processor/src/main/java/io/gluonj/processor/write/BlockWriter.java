package io.gluonj.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.gluonj.processor.model.BlockModel;
import io.gluonj.processor.model.ForwardModel;
import io.gluonj.processor.model.TypeRef;
import javax.lang.model.element.Modifier;

/** Writes the generated class of a block. */
public final class BlockWriter {
  private static final String PROCESSOR = "io.gluonj.processor.BlockProcessor";

  private BlockWriter() {}

  /** The source file of the generated class. */
  public static SourceText write(BlockModel model) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(Types.generated(model.type()))
            .addModifiers(Modifier.FINAL)
            .addJavadoc("$L\n", Summary.write(model));
    model.generated().ifPresent(generated -> type.addAnnotation(generated(generated)));
    boolean isDefinition = !(model.forward() instanceof ForwardModel.None);
    if (isDefinition) {
      type.addSuperinterface(
          ParameterizedTypeName.get(RuntimeNames.BLOCK_DEFINITION, Types.wildcarded(model.type())));
      type.addStaticBlock(registration(model.type()));
    }
    if (model.isPublic()) {
      type.addModifiers(Modifier.PUBLIC);
      type.addMethod(constructor());
    }
    model.superBlock().ifPresent(parent -> type.addField(base(parent)));
    switch (model.forward()) {
      case ForwardModel.Own own -> {
        describe(
            type,
            model.hint(),
            CodeBlock.of("return $L", ForwardWriter.inputs(own)),
            CodeBlock.of("return $L", !own.isImperative()));
        type.addMethod(bind(model).addAnnotation(Override.class).build());
        type.addMethod(forward(model.type(), ForwardWriter.write(own)));
      }
      case ForwardModel.Inherited() -> {
        describe(
            type,
            model.hint(),
            CodeBlock.of("return base.$L()", RuntimeNames.INPUTS),
            CodeBlock.of("return base.$L()", RuntimeNames.HYBRID));
        type.addMethod(bind(model).addAnnotation(Override.class).build());
        type.addMethod(
            forward(
                model.type(),
                CodeBlock.of("return base.$L(block, inputs, params)", RuntimeNames.FORWARD)));
      }
      case ForwardModel.None() -> type.addMethod(bind(model).build());
    }
    JavaFile file =
        JavaFile.builder(model.type().packageName(), type.build())
            .skipJavaLangImports(true)
            .build();
    return new SourceText(
        Types.generated(model.type()).canonicalName(), Tidy.tidy(file.toString()), model.origin());
  }

  private static AnnotationSpec generated(TypeRef annotation) {
    return AnnotationSpec.builder(Types.of(annotation)).addMember("value", "$S", PROCESSOR).build();
  }

  private static CodeBlock registration(TypeRef type) {
    ClassName definition = Types.generated(type);
    return CodeBlock.builder()
        .addStatement(
            "$T.$L($T.class, new $T())",
            RuntimeNames.BLOCK_DEFINITIONS,
            RuntimeNames.REGISTER,
            Types.of(type),
            definition)
        .build();
  }

  // A class exported from a module must not have its constructor by default (-Xlint).
  private static MethodSpec constructor() {
    return MethodSpec.constructorBuilder()
        .addJavadoc("For the definitions of subclasses.\n")
        .addModifiers(Modifier.PUBLIC)
        .build();
  }

  private static FieldSpec base(TypeRef parent) {
    ClassName definition = Types.generated(parent);
    return FieldSpec.builder(definition, "base", Modifier.PRIVATE, Modifier.FINAL)
        .initializer("new $T()", definition)
        .build();
  }

  private static void describe(
      TypeSpec.Builder type, String hint, CodeBlock inputs, CodeBlock hybrid) {
    type.addMethod(
        override(RuntimeNames.HINT, ClassName.get(String.class))
            .addStatement("return $S", hint)
            .build());
    type.addMethod(override(RuntimeNames.INPUTS, TypeName.INT).addStatement("$L", inputs).build());
    type.addMethod(
        override(RuntimeNames.HYBRID, TypeName.BOOLEAN).addStatement("$L", hybrid).build());
  }

  private static MethodSpec.Builder bind(BlockModel model) {
    return MethodSpec.methodBuilder(RuntimeNames.BIND)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(Types.wildcarded(model.type()), "block")
        .addParameter(RuntimeNames.MEMBERS, "members")
        .addCode(BindWriter.write(model));
  }

  private static MethodSpec forward(TypeRef type, CodeBlock statement) {
    return override(RuntimeNames.FORWARD, Types.TENSORS)
        .addParameter(Types.wildcarded(type), "block")
        .addParameter(Types.TENSORS, "inputs")
        .addParameter(RuntimeNames.FORWARD_PARAMS, "params")
        .addStatement("$L", statement)
        .build();
  }

  private static MethodSpec.Builder override(String name, TypeName result) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(result);
  }
}

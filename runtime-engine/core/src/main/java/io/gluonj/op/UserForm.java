package io.gluonj.op;

import java.util.ArrayList;
import java.util.List;

/**
 * How an operator appears to users and in ONNX: what the generated methods, functions and documents
 * are made of, beyond names, attributes and the record's Javadoc.
 *
 * @param function the name of its function, where MXNet's name would make a poor one; else empty
 * @param methods what every tensor offers for it
 * @param text what it computes, where the record's Javadoc is not for users; else empty
 * @param onnx the ONNX operator that computes the same; else empty
 * @param withoutOnnx why there is no such operator; empty where there is one, or nothing is stated
 */
public record UserForm(
    String function, List<OpMethod> methods, String text, String onnx, String withoutOnnx) {
  static final UserForm PLAIN = new UserForm("", List.of(), "", "", "");

  public UserForm {
    methods = List.copyOf(methods);
  }

  UserForm withFunction(String name) {
    return new UserForm(name, methods, text, onnx, withoutOnnx);
  }

  UserForm withMethod(OpMethod method) {
    var all = new ArrayList<>(methods);
    all.add(method);
    return new UserForm(function, all, text, onnx, withoutOnnx);
  }

  UserForm withText(String words) {
    return new UserForm(function, methods, words, onnx, withoutOnnx);
  }

  UserForm withOnnx(String name, String whyNot) {
    return new UserForm(function, methods, text, name, whyNot);
  }
}

package io.gluonj.tensor;

import io.gluonj.types.DType;
import io.gluonj.types.Shape;

/**
 * {@link TensorOps} with results known to be of type {@link Symbol}.
 *
 * <p>Generated from the operators' schemas; {@code docs/how-to/add-an-operator.md} says how.
 */
public sealed interface SymbolOps extends TensorOps permits Symbol {
  @Override
  default Symbol neg() {
    return (Symbol) TensorOps.super.neg();
  }

  @Override
  default Symbol abs() {
    return (Symbol) TensorOps.super.abs();
  }

  @Override
  default Symbol sign() {
    return (Symbol) TensorOps.super.sign();
  }

  @Override
  default Symbol exp() {
    return (Symbol) TensorOps.super.exp();
  }

  @Override
  default Symbol log() {
    return (Symbol) TensorOps.super.log();
  }

  @Override
  default Symbol sqrt() {
    return (Symbol) TensorOps.super.sqrt();
  }

  @Override
  default Symbol square() {
    return (Symbol) TensorOps.super.square();
  }

  @Override
  default Symbol tanh() {
    return (Symbol) TensorOps.super.tanh();
  }

  @Override
  default Symbol erf() {
    return (Symbol) TensorOps.super.erf();
  }

  @Override
  default Symbol add(Tensor rhs) {
    return (Symbol) TensorOps.super.add(rhs);
  }

  @Override
  default Symbol sub(Tensor rhs) {
    return (Symbol) TensorOps.super.sub(rhs);
  }

  @Override
  default Symbol mul(Tensor rhs) {
    return (Symbol) TensorOps.super.mul(rhs);
  }

  @Override
  default Symbol div(Tensor rhs) {
    return (Symbol) TensorOps.super.div(rhs);
  }

  @Override
  default Symbol pow(Tensor rhs) {
    return (Symbol) TensorOps.super.pow(rhs);
  }

  @Override
  default Symbol maximum(Tensor rhs) {
    return (Symbol) TensorOps.super.maximum(rhs);
  }

  @Override
  default Symbol minimum(Tensor rhs) {
    return (Symbol) TensorOps.super.minimum(rhs);
  }

  @Override
  default Symbol equal(Tensor rhs) {
    return (Symbol) TensorOps.super.equal(rhs);
  }

  @Override
  default Symbol greater(Tensor rhs) {
    return (Symbol) TensorOps.super.greater(rhs);
  }

  @Override
  default Symbol lesser(Tensor rhs) {
    return (Symbol) TensorOps.super.lesser(rhs);
  }

  @Override
  default Symbol where(Tensor condition, Tensor y) {
    return (Symbol) TensorOps.super.where(condition, y);
  }

  @Override
  default Symbol add(double scalar) {
    return (Symbol) TensorOps.super.add(scalar);
  }

  @Override
  default Symbol sub(double scalar) {
    return (Symbol) TensorOps.super.sub(scalar);
  }

  @Override
  default Symbol rsub(double scalar) {
    return (Symbol) TensorOps.super.rsub(scalar);
  }

  @Override
  default Symbol mul(double scalar) {
    return (Symbol) TensorOps.super.mul(scalar);
  }

  @Override
  default Symbol div(double scalar) {
    return (Symbol) TensorOps.super.div(scalar);
  }

  @Override
  default Symbol rdiv(double scalar) {
    return (Symbol) TensorOps.super.rdiv(scalar);
  }

  @Override
  default Symbol pow(double scalar) {
    return (Symbol) TensorOps.super.pow(scalar);
  }

  @Override
  default Symbol maximum(double scalar) {
    return (Symbol) TensorOps.super.maximum(scalar);
  }

  @Override
  default Symbol minimum(double scalar) {
    return (Symbol) TensorOps.super.minimum(scalar);
  }

  @Override
  default Symbol greater(double scalar) {
    return (Symbol) TensorOps.super.greater(scalar);
  }

  @Override
  default Symbol clip(double aMin, double aMax) {
    return (Symbol) TensorOps.super.clip(aMin, aMax);
  }

  @Override
  default Symbol relu() {
    return (Symbol) TensorOps.super.relu();
  }

  @Override
  default Symbol sigmoid() {
    return (Symbol) TensorOps.super.sigmoid();
  }

  @Override
  default Symbol zerosLike() {
    return (Symbol) TensorOps.super.zerosLike();
  }

  @Override
  default Symbol onesLike() {
    return (Symbol) TensorOps.super.onesLike();
  }

  @Override
  default Symbol cast(DType dtype) {
    return (Symbol) TensorOps.super.cast(dtype);
  }

  @Override
  default Symbol reshape(long... shape) {
    return (Symbol) TensorOps.super.reshape(shape);
  }

  @Override
  default Symbol reshapeTo(Shape shape) {
    return (Symbol) TensorOps.super.reshapeTo(shape);
  }

  @Override
  default Symbol reshapeLike(Tensor rhs) {
    return (Symbol) TensorOps.super.reshapeLike(rhs);
  }

  @Override
  default Symbol flatten() {
    return (Symbol) TensorOps.super.flatten();
  }

  @Override
  default Symbol expandDims(int axis) {
    return (Symbol) TensorOps.super.expandDims(axis);
  }

  @Override
  default Symbol squeeze(int... axis) {
    return (Symbol) TensorOps.super.squeeze(axis);
  }

  @Override
  default Symbol transpose(int... axes) {
    return (Symbol) TensorOps.super.transpose(axes);
  }

  @Override
  default Symbol broadcastTo(long... shape) {
    return (Symbol) TensorOps.super.broadcastTo(shape);
  }

  @Override
  default Symbol sliceAxis(int axis, long begin, long end) {
    return (Symbol) TensorOps.super.sliceAxis(axis, begin, end);
  }

  @Override
  default Symbol sum(int... axis) {
    return (Symbol) TensorOps.super.sum(axis);
  }

  @Override
  default Symbol mean(int... axis) {
    return (Symbol) TensorOps.super.mean(axis);
  }

  @Override
  default Symbol max(int... axis) {
    return (Symbol) TensorOps.super.max(axis);
  }

  @Override
  default Symbol min(int... axis) {
    return (Symbol) TensorOps.super.min(axis);
  }

  @Override
  default Symbol sumTo(Shape shape) {
    return (Symbol) TensorOps.super.sumTo(shape);
  }

  @Override
  default Symbol dot(Tensor rhs) {
    return (Symbol) TensorOps.super.dot(rhs);
  }

  @Override
  default Symbol softmax(int axis) {
    return (Symbol) TensorOps.super.softmax(axis);
  }

  @Override
  default Symbol logSoftmax(int axis) {
    return (Symbol) TensorOps.super.logSoftmax(axis);
  }

  @Override
  default Symbol pick(Tensor index, int axis) {
    return (Symbol) TensorOps.super.pick(index, axis);
  }

  @Override
  default Symbol oneHot(long depth) {
    return (Symbol) TensorOps.super.oneHot(depth);
  }

  @Override
  default Symbol argmax(int axis) {
    return (Symbol) TensorOps.super.argmax(axis);
  }

  @Override
  default Symbol argmin(int axis) {
    return (Symbol) TensorOps.super.argmin(axis);
  }

  @Override
  default Symbol norm() {
    return (Symbol) TensorOps.super.norm();
  }
}

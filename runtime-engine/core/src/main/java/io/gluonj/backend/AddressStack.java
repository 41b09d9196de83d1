package io.gluonj.backend;

import java.util.Arrays;

/** Addresses of free blocks of one size; the block freed last is the likeliest to be in a cache. */
final class AddressStack {
  private long[] addresses = new long[8];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  void push(long address) {
    if (size == addresses.length) {
      addresses = Arrays.copyOf(addresses, 2 * size);
    }
    addresses[size++] = address;
  }

  long pop() {
    return addresses[--size];
  }
}

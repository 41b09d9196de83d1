package io.gluonj.dnnl;

import java.util.Collections;
import java.util.List;

/**
 * How a window moves over the spatial dimensions; all lists have one entry for each of these.
 *
 * @param strides steps
 * @param dilations distance between the window's elements; 1 where they are neighbours (oneDNN's
 *     own count begins at 0)
 * @param padBegin zeros put before
 * @param padEnd zeros put behind; may be negative where the last elements are not used
 */
public record Window(
    List<Long> strides, List<Long> dilations, List<Long> padBegin, List<Long> padEnd) {

  /** Copies and checks the lists. */
  public Window {
    strides = List.copyOf(strides);
    dilations = List.copyOf(dilations);
    padBegin = List.copyOf(padBegin);
    padEnd = List.copyOf(padEnd);
    int rank = strides.size();
    if (dilations.size() != rank || padBegin.size() != rank || padEnd.size() != rank) {
      throw new IllegalArgumentException(
          "Window: strides "
              + strides
              + ", dilations "
              + dilations
              + ", padding "
              + padBegin
              + " and "
              + padEnd
              + " must have one entry for each spatial dimension");
    }
    if (strides.stream().anyMatch(s -> s < 1) || dilations.stream().anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException(
          "Window: strides " + strides + " and dilations " + dilations + " must be positive");
    }
  }

  /** The same step and padding along every dimension, no dilation. */
  public static Window uniform(int rank, long stride, long pad) {
    List<Long> pads = Collections.nCopies(rank, pad);
    return new Window(Collections.nCopies(rank, stride), Collections.nCopies(rank, 1L), pads, pads);
  }
}

/**
 * Pictures: the MNIST reader, digits that need no files, and transforms of images.
 *
 * <p>A picture is a {@link io.gluonj.data.HostArray} of type uint8 and shape (height, width,
 * channels), as in Gluon; {@link io.gluonj.data.vision.Transforms#toTensor()} turns it into float32
 * (channels, height, width), which is what the layers take. {@link io.gluonj.data.vision.MNIST}
 * reads the original IDX files; {@link io.gluonj.data.vision.SyntheticDigits} draws its pictures
 * itself and is the data of the main example.
 *
 * <p>Deliberately absent: downloading (data sets are read from a directory the user names) and
 * decoding of JPEG or PNG.
 */
@NullMarked
package io.gluonj.data.vision;

import org.jspecify.annotations.NullMarked;

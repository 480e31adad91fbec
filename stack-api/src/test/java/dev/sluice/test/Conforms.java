package dev.sluice.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the conformance rows that a test proves, such as {@code @Conforms("FTP-076")}.
 *
 * <p>On a class it holds for each of its tests. {@link ConformanceReport} writes the outcome down.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Conforms {
  /** Identifiers of the rows. */
  String[] value();
}

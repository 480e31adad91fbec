package dev.sluice.server.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a key of the document means, for its reader, its schema and its reference. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
  /** The meaning, in the words of the reference. */
  String value();

  /** What holds where the key is left out, as it would be written; empty = nothing. */
  String standard() default "";

  /** Whether the document is not complete without the key. */
  boolean required() default false;

  /** Whether the keys of the value are on the same level as this one instead of below it. */
  boolean flat() default false;

  /** Whether a text without a space is a file, whose path starts from the document. */
  boolean file() default false;

  /** A value as one would write it, for the reference. */
  String example() default "";
}

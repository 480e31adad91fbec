/** Clients of file servers in Spring Boot. */
@NullMarked
package dev.sluice.spring;

import org.jspecify.annotations.NullMarked;

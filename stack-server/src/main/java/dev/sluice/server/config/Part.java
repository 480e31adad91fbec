package dev.sluice.server.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One key of a record: a component of which the document has a value.
 *
 * @param component as the record declares it
 */
record Part(RecordComponent component) {

  /** The keys of {@code type}, in its order; components that no text stands for are left out. */
  static List<Part> of(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(Part::new)
        .filter(part -> part.isList() || part.isMap() || part.isRecord() || part.scalar() != null)
        .toList();
  }

  /** A name that Java keeps for itself ends with an underscore there. */
  String name() {
    String name = component.getName();
    return name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
  }

  @Nullable Key key() {
    return component.getAnnotation(Key.class);
  }

  boolean isFlat() {
    Key key = key();
    return key != null && key.flat();
  }

  boolean isRequired() {
    Key key = key();
    return key != null && key.required();
  }

  /** Whether a text without a space is a file. */
  boolean isFile() {
    Key key = key();
    return key != null && key.file();
  }

  /** Empty = none. */
  String standard() {
    Key key = key();
    return key == null ? "" : key.standard();
  }

  String example() {
    Key key = key();
    return key == null ? "" : key.example();
  }

  /** The words of the reference. */
  String meaning() {
    Key key = key();
    return key != null
        ? key.value()
        : Meanings.of(component.getDeclaringRecord(), component.getName());
  }

  boolean isNullable() {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  boolean isList() {
    return component.getType() == List.class;
  }

  boolean isMap() {
    return component.getType() == Map.class;
  }

  /** Whether its value has keys of its own. */
  boolean isRecord() {
    return isRecord(component.getType());
  }

  static boolean isRecord(Class<?> type) {
    return type.isRecord() && Scalar.of(type) == null;
  }

  /** The type of the value, or of one value of a list or a map. */
  Class<?> element() {
    Type generic = component.getGenericType();
    if (isList() || isMap()) {
      Type[] arguments = ((ParameterizedType) generic).getActualTypeArguments();
      return (Class<?>) arguments[arguments.length - 1];
    }
    return component.getType();
  }

  /** The type of the keys of a map. */
  Class<?> mapKey() {
    return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
  }

  @Nullable Scalar<?> scalar() {
    return isList() || isMap() ? null : Scalar.of(component.getType());
  }

  /** What {@code record} has. */
  @Nullable Object in(Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}

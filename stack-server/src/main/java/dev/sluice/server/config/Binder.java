package dev.sluice.server.config;

import dev.sluice.server.config.Node.Spot;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes records of nodes, and notes all that is wrong on the way. */
final class Binder {
  private final List<Fault> faults;
  private final Map<Class<?>, Object> bases;

  /**
   * @param bases what holds for the keys that are left out, for records of these types
   */
  Binder(List<Fault> faults, Map<Class<?>, Object> bases) {
    this.faults = faults;
    this.bases = bases;
  }

  /** The record; null = something in it is wrong. */
  <R> @Nullable R bind(Class<R> type, Node.Keys keys, String path) {
    Known.check(type, keys, path, faults);
    return type.cast(record(type, keys, path, bases.get(type)));
  }

  private @Nullable Object record(
      Class<?> type, Node.Keys keys, String path, @Nullable Object base) {
    int before = faults.size();
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Part part = new Part(components[i]);
      Object standard = base == null ? null : part.in(base);
      values[i] = value(part, keys, path, standard);
    }
    return faults.size() > before ? null : made(type, values, keys.spot(), path);
  }

  private @Nullable Object value(
      Part part, Node.Keys keys, String path, @Nullable Object standard) {
    Class<?> type = part.component().getType();
    if (part.isFlat()) {
      return record(type, keys, path, standard == null ? base(type) : standard);
    }
    String at = path.isEmpty() ? part.name() : path + "." + part.name();
    Node node = keys.all().get(part.name());
    if (node == null || node instanceof Node.Nothing) {
      return absent(part, node == null ? keys.spot() : node.spot(), at, standard);
    }
    if (part.isList()) {
      return list(part, node, at);
    }
    if (part.isMap()) {
      return map(part, node, at);
    }
    return one(type, node, at, standard == null ? base(type) : standard);
  }

  private @Nullable Object base(Class<?> type) {
    return bases.get(type);
  }

  private @Nullable Object absent(Part part, Spot spot, String at, @Nullable Object standard) {
    if (part.isRequired()) {
      String example = part.example().isEmpty() ? "" : ", such as " + part.example();
      fault(spot, at, "is missing; write " + part.name() + ": and " + part.meaning() + example);
      return null;
    }
    if (standard != null) {
      return standard;
    }
    Scalar<?> scalar = part.scalar();
    if (!part.standard().isEmpty() && scalar != null) {
      return scalar.reader().apply(part.standard());
    }
    if (part.isNullable()) {
      return null;
    }
    if (part.isList()) {
      return List.of();
    }
    if (part.isMap()) {
      return Map.of();
    }
    Class<?> type = part.component().getType();
    return record(type, Node.Keys.none(spot), at, base(type));
  }

  private @Nullable Object list(Part part, Node node, String at) {
    if (!(node instanceof Node.Items items)) {
      String form = node instanceof Node.Text text ? "write [" + text.written() + "]" : "use - ";
      fault(node.spot(), at, "needs a list; " + form);
      return null;
    }
    List<Object> all = new ArrayList<>();
    for (Node each : items.all()) {
      Object value = one(part.element(), each, at + "[" + all.size() + "]", base(part.element()));
      all.add(value == null ? "" : part.isFile() ? file(value.toString(), each.spot()) : value);
    }
    return all;
  }

  private @Nullable Object map(Part part, Node node, String at) {
    if (!(node instanceof Node.Keys keys)) {
      fault(node.spot(), at, "needs keys, each with its value");
      return null;
    }
    Map<Object, Object> all = new LinkedHashMap<>();
    keys.all()
        .forEach(
            (name, each) -> {
              Spot spot = keys.spots().getOrDefault(name, each.spot());
              Object key = scalar(part.mapKey(), new Node.Text(spot, name, name), at + "." + name);
              Object value = one(part.element(), each, at + "." + name, base(part.element()));
              if (key != null && value != null) {
                all.put(key, value);
              }
            });
    return all;
  }

  /** One value of a type; {@code base} holds for keys that it leaves out. */
  private @Nullable Object one(Class<?> type, Node node, String at, @Nullable Object base) {
    if (!Part.isRecord(type)) {
      return scalar(type, node, at);
    }
    if (node instanceof Node.Keys keys) {
      Known.check(type, keys, at, faults);
      return record(type, keys, at, base);
    }
    fault(node.spot(), at, "needs keys: " + String.join(", ", Known.names(type)));
    return null;
  }

  private @Nullable Object scalar(Class<?> type, Node node, String at) {
    Scalar<?> scalar = Scalar.of(type);
    if (scalar == null) {
      throw new IllegalStateException("no text stands for " + type);
    }
    if (!(node instanceof Node.Text text)) {
      fault(node.spot(), at, "needs one value; write " + scalar.form());
      return null;
    }
    if (type == Secret.class) {
      return new Secret(text.value(), text.written());
    }
    try {
      Object value = scalar.reader().apply(text.value());
      return value instanceof Path path ? beside(text.spot(), path) : value;
    } catch (IllegalArgumentException e) {
      fault(text.spot(), at, text.shown() + " is no " + scalar.noun() + "; write " + scalar.form());
      return null;
    }
  }

  private static String file(String text, Spot spot) {
    return text.isEmpty() || text.contains(" ") ? text : beside(spot, Path.of(text)).toString();
  }

  /** A path starts from the file that it is written in. */
  private static Path beside(Spot spot, Path path) {
    return spot.file().toAbsolutePath().resolveSibling(path).normalize();
  }

  private @Nullable Object made(Class<?> type, @Nullable Object[] values, Spot spot, String path) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (!(cause instanceof IllegalArgumentException)) {
        throw new IllegalStateException(type + " cannot be made", e);
      }
      fault(spot, path, "is out of bounds: " + cause.getMessage());
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private void fault(Spot spot, String key, String text) {
    faults.add(new Fault(spot.file(), spot.line(), key, text));
  }
}

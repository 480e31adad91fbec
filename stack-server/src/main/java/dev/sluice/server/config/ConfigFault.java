package dev.sluice.server.config;

import java.util.List;
import java.util.stream.Collectors;

/** A document that no server can be started from: all that is wrong with it, one line for each. */
public final class ConfigFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Fault> faults;

  ConfigFault(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** In the order of the document. */
  public List<Fault> faults() {
    return faults == null ? List.of() : faults;
  }
}

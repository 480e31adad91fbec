package dev.sluice.api;

/** What a write does with a file that is already there. */
public sealed interface WriteMode {

  /** Refuses with {@code ALREADY_EXISTS} when the name is taken. */
  static WriteMode createNew() {
    return new CreateNew(true);
  }

  /**
   * Creates or replaces; the old content stays visible until the new content is complete, if the
   * tree has {@link Capability#ATOMIC_REPLACE}.
   */
  static WriteMode replace() {
    return new Replace(true);
  }

  /**
   * Creates or replaces, writing into the file itself: readers see it grow, and a transfer that is
   * cut leaves a partial file. For trees that refuse the temporary name or the rename that {@link
   * #replace()} needs.
   */
  static WriteMode inPlace() {
    return new Replace(false);
  }

  /** Appends to the end, and creates the file if it is missing. */
  static WriteMode append() {
    return new Append();
  }

  /**
   * Writes from {@code offset} on. The octets before it, and those after the last octet written,
   * stay unchanged. The file must exist unless the offset is 0; an offset beyond its size is
   * refused with {@code OUT_OF_RANGE}.
   */
  static WriteMode at(long offset) {
    return new At(offset);
  }

  /**
   * See {@link #createNew()}.
   *
   * @param atomic false creates the file at once, so others see it grow
   */
  record CreateNew(boolean atomic) implements WriteMode {}

  /**
   * See {@link #replace()}.
   *
   * @param atomic false writes into the file itself, so readers see it grow
   */
  record Replace(boolean atomic) implements WriteMode {}

  /** See {@link #append()}. */
  record Append() implements WriteMode {}

  /**
   * See {@link #at(long)}.
   *
   * @param offset octets from the start, from 0
   */
  record At(long offset) implements WriteMode {
    public At {
      if (offset < 0) {
        throw new IllegalArgumentException("negative offset: " + offset);
      }
    }
  }
}

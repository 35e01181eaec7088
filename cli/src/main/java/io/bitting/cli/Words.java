package io.bitting.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Words separated by blanks, as scopes are given. */
final class Words {
  private Words() {}

  static List<String> of(String text) {
    return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  static List<String> of(Collection<String> texts) {
    return texts.stream().flatMap(text -> of(text).stream()).toList();
  }
}

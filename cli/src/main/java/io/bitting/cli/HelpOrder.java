package io.bitting.cli;

/**
 * Where help lists the options that commands share: after what is a command's own, which has no
 * order but that of its fields.
 */
final class HelpOrder {
  static final int CONNECTION = 1;
  static final int ORGANIZATION = 2;
  static final int PRESENTATION = 3;
  static final int HELP = 4;

  private HelpOrder() {}
}

package io.bitting.samples.appsec;

/** Something elsewhere that the organization has connected. */
record Repository(String id, Kind kind, String name, String address) {
  enum Kind {
    GITHUB_REPOSITORY,
    SLACK_CHANNEL,
    JIRA_BOARD
  }
}

package io.bitting.cli;

/** What a member may be, as it is written. */
enum MemberRole {
  owner,
  admin,
  member,
  auditor
}

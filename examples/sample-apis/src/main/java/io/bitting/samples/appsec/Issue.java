package io.bitting.samples.appsec;

import org.jspecify.annotations.Nullable;

/** An issue that a scan has detected. */
record Issue(
    String id,
    String name,
    Severity severity,
    Status status,
    String scan,
    String address,
    @Nullable String assignee,
    @Nullable String retest) {

  enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
  }

  enum Status {
    OPEN,
    RESOLVED
  }

  static Issue detected(String id, String name, Severity severity, String scan, String address) {
    return new Issue(id, name, severity, Status.OPEN, scan, address, null, null);
  }

  Issue assigned(@Nullable String user) {
    return new Issue(id, name, severity, status, scan, address, user, retest);
  }

  Issue resolved() {
    return new Issue(id, name, severity, Status.RESOLVED, scan, address, assignee, retest);
  }

  /** Returns it open again, until the scan that retests it says otherwise. */
  Issue retestedBy(String retestScan) {
    return new Issue(id, name, severity, Status.OPEN, scan, address, assignee, retestScan);
  }
}

/**
 * AppSec, a sample product API that scans applications for security issues: each product scope of
 * {@code catalogs/appsec.yaml} opens at least one of its operations. One class is one kind of
 * thing: its table of operations on top, what they do below. {@link
 * io.bitting.samples.appsec.AppsecApi} joins the tables. The data is in memory, per organization,
 * made when an organization's first key comes, and it is gone with the process; nothing here ever
 * calls another machine.
 */
@NullMarked
package io.bitting.samples.appsec;

import org.jspecify.annotations.NullMarked;

/**
 * Classes that break the rules of the architecture, so that each rule can show that it finds what
 * it forbids. Nothing here is ever run.
 */
package io.bitting.architecture.planted;

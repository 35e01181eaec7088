/**
 * What a review says of a key from what the key was really used for: how great a risk it is, and
 * why ({@link io.bitting.review.Risk}); the least that would have been enough ({@link
 * io.bitting.review.RightSize}); and which calls another grant would have denied ({@link
 * io.bitting.review.WhatIf}). Nothing here changes a key: a grant is fixed for life, and what is
 * proposed is the grant of another key that may take its place.
 */
@NullMarked
package io.bitting.review;

import org.jspecify.annotations.NullMarked;

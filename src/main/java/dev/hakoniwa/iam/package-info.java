/// IAM and STS: roles and policies that others name, and whom access keys belong to.
@NullMarked
package dev.hakoniwa.iam;

import org.jspecify.annotations.NullMarked;

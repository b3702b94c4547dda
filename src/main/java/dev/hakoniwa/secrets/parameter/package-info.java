/// The Parameter Store of Systems Manager: parameters with their history, labels and hierarchies.
@NullMarked
package dev.hakoniwa.secrets.parameter;

import org.jspecify.annotations.NullMarked;

/// Secrets Manager: secrets, their versions and staging labels.
@NullMarked
package dev.hakoniwa.secrets.manager;

import org.jspecify.annotations.NullMarked;

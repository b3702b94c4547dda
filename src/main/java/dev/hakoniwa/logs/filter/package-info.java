/// The filter patterns of CloudWatch Logs: words, fields of a line, and members of JSON documents.
@NullMarked
package dev.hakoniwa.logs.filter;

import org.jspecify.annotations.NullMarked;

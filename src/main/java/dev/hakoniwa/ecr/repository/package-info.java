/// Repositories: how they are set, tagged and who may use them.
@NullMarked
package dev.hakoniwa.ecr.repository;

import org.jspecify.annotations.NullMarked;

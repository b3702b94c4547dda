package dev.hakoniwa.ecr.repository;

import dev.hakoniwa.ecr.Constraints;
import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.lifecycle.TagPattern;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilterType;
import software.amazon.awssdk.services.ecr.model.Repository;

/// Whether a repository lets a tag move, and the setting that says so.
public final class TagMutability {
    private static final String SETTING = "imageTagMutability";
    private static final String FILTERS = "imageTagMutabilityExclusionFilters";
    private static final Pattern FILTER = Pattern.compile("^[0-9a-zA-Z._*-]{1,128}$");
    private static final int MOST_FILTERS = 5;
    private static final int MOST_WILDCARDS = 2;

    private TagMutability() {}

    public static boolean isImmutable(Repository repository, String tag) {
        return switch (repository.imageTagMutability()) {
            case IMMUTABLE -> true;
            case IMMUTABLE_WITH_EXCLUSION -> !isExcluded(repository, tag);
            case MUTABLE_WITH_EXCLUSION -> isExcluded(repository, tag);
            case MUTABLE, UNKNOWN_TO_SDK_VERSION -> false;
        };
    }

    private static boolean isExcluded(Repository repository, String tag) {
        return repository.imageTagMutabilityExclusionFilters().stream()
                .anyMatch(filter -> new TagPattern(filter.filter()).matches(tag));
    }

    /// Checks a setting as it was sent.
    ///
    /// @param filters null for none
    static void check(@Nullable ImageTagMutability setting, @Nullable List<ImageTagMutabilityExclusionFilter> filters) {
        Constraints.known(setting, SETTING, ImageTagMutability.knownValues());
        var takesFilters = setting == ImageTagMutability.IMMUTABLE_WITH_EXCLUSION
                || setting == ImageTagMutability.MUTABLE_WITH_EXCLUSION;
        if (filters == null) {
            if (takesFilters) {
                throw Errors.invalidParameter(FILTERS, "must be specified when imageTagMutability is " + setting);
            }
            return;
        }
        if (!takesFilters) {
            throw Errors.invalidParameter(
                    FILTERS,
                    "can only be specified when imageTagMutability is IMMUTABLE_WITH_EXCLUSION or MUTABLE_WITH_EXCLUSION");
        }
        Constraints.size(filters, FILTERS, 1, MOST_FILTERS).forEach(TagMutability::check);
    }

    private static void check(ImageTagMutabilityExclusionFilter filter) {
        Constraints.present(filter.filterType(), FILTERS + ".filterType");
        Constraints.known(
                filter.filterType(), FILTERS + ".filterType", ImageTagMutabilityExclusionFilterType.knownValues());
        var value = Constraints.present(filter.filter(), FILTERS + ".filter");
        Constraints.matches(value, FILTERS + ".filter", FILTER);
        if (value.chars().filter(c -> c == '*').count() > MOST_WILDCARDS) {
            throw Errors.invalidParameter(FILTERS + ".filter", "must have at most " + MOST_WILDCARDS + " wildcards");
        }
    }
}

package dev.hakoniwa.ecr.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hakoniwa.ecr.lifecycle.LifecycleRule.Action;
import dev.hakoniwa.ecr.lifecycle.LifecycleRule.Count;
import dev.hakoniwa.ecr.lifecycle.LifecycleRule.CountType;
import dev.hakoniwa.ecr.lifecycle.LifecycleRule.Selection;
import dev.hakoniwa.ecr.lifecycle.LifecycleRule.StorageClass;
import dev.hakoniwa.ecr.lifecycle.LifecycleRule.TagStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads a lifecycle policy's text, with ECR's error for one that breaks its rules.
public final class LifecyclePolicyReader {
    private static final int MOST_RULES = 50;
    private static final int MOST_TAGS = 100;
    private static final int MOST_WILDCARDS = 4;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private LifecyclePolicyReader() {}

    public static LifecyclePolicy read(String text) {
        var rules = new PolicyNode(parse(text))
                .object(Set.of("rules"), Set.of()).get("rules").list(1, MOST_RULES).stream()
                        .map(LifecyclePolicyReader::rule)
                        .toList();
        var policy = new LifecyclePolicy(rules);
        checkTogether(policy.rules());
        return policy;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException _) {
            throw PolicyNode.invalid("not valid JSON");
        }
    }

    private static LifecycleRule rule(PolicyNode node) {
        var rule = node.object(Set.of("rulePriority", "selection", "action"), Set.of("description"));
        if (rule.has("description")) {
            rule.get("description").text();
        }
        var selection = rule.get("selection")
                .object(
                        Set.of("tagStatus", "countType", "countNumber"),
                        Set.of("tagPrefixList", "tagPatternList", "storageClass", "countUnit"));
        var read = new LifecycleRule(
                rule.get("rulePriority").positive(),
                selection(selection),
                count(selection),
                action(rule.get("action")));
        checkAlone(read, selection.has("storageClass"));
        return read;
    }

    private static Selection selection(PolicyNode node) {
        var tagStatus = List.of(TagStatus.values()).get(node.get("tagStatus").oneOf("tagged", "untagged", "any"));
        var hasPrefixes = node.has("tagPrefixList");
        var hasPatterns = node.has("tagPatternList");
        if (tagStatus == TagStatus.TAGGED && hasPrefixes == hasPatterns) {
            throw PolicyNode.invalid(
                    "exactly one of tagPrefixList and tagPatternList is required if tagStatus is tagged");
        }
        if (tagStatus != TagStatus.TAGGED && (hasPrefixes || hasPatterns)) {
            throw PolicyNode.invalid("tagPrefixList and tagPatternList are only allowed if tagStatus is tagged");
        }
        var storageClass = node.has("storageClass")
                ? List.of(StorageClass.values()).get(node.get("storageClass").oneOf("standard", "archive"))
                : StorageClass.STANDARD;
        return new Selection(
                tagStatus,
                hasPrefixes ? texts(node.get("tagPrefixList")) : List.of(),
                hasPatterns ? patterns(node.get("tagPatternList")) : List.of(),
                storageClass);
    }

    private static List<String> texts(PolicyNode node) {
        var texts = node.list(1, MOST_TAGS).stream().map(PolicyNode::text).toList();
        if (texts.contains("")) {
            throw PolicyNode.invalid("string \"\" is too short (length: 0, required minimum: 1)");
        }
        return texts;
    }

    private static List<TagPattern> patterns(PolicyNode node) {
        var patterns = texts(node).stream().map(TagPattern::new).toList();
        if (patterns.stream().anyMatch(pattern -> pattern.wildcards() > MOST_WILDCARDS)) {
            throw PolicyNode.invalid("a tag pattern has at most " + MOST_WILDCARDS + " wildcards");
        }
        return patterns;
    }

    private static Count count(PolicyNode node) {
        var type = List.of(CountType.values())
                .get(node.get("countType")
                        .oneOf("imageCountMoreThan", "sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned"));
        var countsDays = type != CountType.IMAGE_COUNT_MORE_THAN;
        if (countsDays && !node.has("countUnit")) {
            throw PolicyNode.invalid("object has missing required properties ([\"countUnit\"])");
        }
        if (!countsDays && node.has("countUnit")) {
            throw PolicyNode.invalid("countUnit is not allowed if countType is imageCountMoreThan");
        }
        if (countsDays) {
            node.get("countUnit").oneOf("days");
        }
        return new Count(type, node.get("countNumber").positive());
    }

    private static Action action(PolicyNode node) {
        var action = node.object(Set.of("type"), Set.of("targetStorageClass"));
        var type = List.of(Action.values()).get(action.get("type").oneOf("expire", "transition"));
        var hasTarget = action.has("targetStorageClass");
        if (type == Action.TRANSITION && !hasTarget) {
            throw PolicyNode.invalid("object has missing required properties ([\"targetStorageClass\"])");
        }
        if (type == Action.EXPIRE && hasTarget) {
            throw PolicyNode.invalid("targetStorageClass is only allowed if the action's type is transition");
        }
        if (hasTarget) {
            action.get("targetStorageClass").oneOf("archive");
        }
        return type;
    }

    private static void checkAlone(LifecycleRule rule, boolean namesStorageClass) {
        var type = rule.count().type();
        var isArchive = rule.selection().storageClass() == StorageClass.ARCHIVE;
        if (type == CountType.SINCE_IMAGE_TRANSITIONED && !(namesStorageClass && isArchive)) {
            throw PolicyNode.invalid("storageClass must be archive if countType is sinceImageTransitioned");
        }
        if (type == CountType.SINCE_IMAGE_TRANSITIONED && rule.action() != Action.EXPIRE) {
            throw PolicyNode.invalid("the action must be expire if countType is sinceImageTransitioned");
        }
        if (type != CountType.SINCE_IMAGE_TRANSITIONED && isArchive) {
            throw PolicyNode.invalid("storageClass must be standard unless countType is sinceImageTransitioned");
        }
        if (type == CountType.SINCE_IMAGE_PULLED && rule.action() != Action.TRANSITION) {
            throw PolicyNode.invalid("the action must be transition if countType is sinceImagePulled");
        }
    }

    private static void checkTogether(List<LifecycleRule> rules) {
        var priorities = new HashSet<Integer>();
        var tags = new EnumMap<StorageClass, Set<String>>(StorageClass.class);
        var last = new EnumMap<StorageClass, Integer>(StorageClass.class);
        rules.forEach(rule -> last.put(rule.selection().storageClass(), rule.priority()));
        for (var rule : rules) {
            var storageClass = rule.selection().storageClass();
            if (!priorities.add(rule.priority())) {
                throw PolicyNode.invalid("rulePriority %d is not unique".formatted(rule.priority()));
            }
            var isLast = Integer.valueOf(rule.priority()).equals(last.get(storageClass));
            if (rule.selection().tagStatus() == TagStatus.ANY && !isLast) {
                throw PolicyNode.invalid("a rule with tagStatus any must have the highest rulePriority");
            }
            for (var tag : claims(rule.selection())) {
                if (!tags.computeIfAbsent(storageClass, _ -> new HashSet<>()).add(tag)) {
                    throw PolicyNode.invalid("only one rule is allowed for " + tag);
                }
            }
        }
    }

    /// What no two rules may be about.
    private static List<String> claims(Selection selection) {
        var claims = new ArrayList<String>();
        if (selection.tagStatus() == TagStatus.UNTAGGED) {
            claims.add("tagStatus untagged");
        }
        selection.prefixes().forEach(prefix -> claims.add("tag prefix " + prefix));
        return claims;
    }
}

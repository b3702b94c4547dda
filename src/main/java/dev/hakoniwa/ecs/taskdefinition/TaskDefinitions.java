package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Timers;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Taggable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/// The task definitions there are, each kept as its shape.
public final class TaskDefinitions implements Taggable {
    /// How often a task definition that is being deleted is looked at: it goes once nothing uses it.
    private static final Duration DELETION_CHECK = Duration.ofMinutes(1);

    private final Timers timers;
    private final Tables tables;
    private final Table<Kept> definitions;
    private final Table<Family> families;
    private final List<TaskDefinitionUse> uses = new CopyOnWriteArrayList<>();

    public TaskDefinitions(Tables tables, Timers timers) {
        this.tables = tables;
        this.timers = timers;
        this.definitions = tables.table("task definition");
        this.families = tables.table("task definition family");
    }

    /// Asks `use` from now on before a task definition that is being deleted goes for good.
    public void usedBy(TaskDefinitionUse use) {
        uses.add(use);
    }

    /// The task definition that a new task or deployment is to run: `family` (its latest ACTIVE revision),
    /// `family:revision` or an ARN; with ECS's errors for one that isn't there or isn't ACTIVE.
    public TaskDefinition active(Scope scope, String reference) {
        var found = find(scope, reference).orElseThrow(Errors::taskDefinitionNotFound);
        if (found.status() != TaskDefinitionStatus.ACTIVE) {
            throw Errors.taskDefinitionInactive();
        }
        return found;
    }

    /// The task definition, whatever its status; a family alone means its latest ACTIVE revision.
    public Optional<TaskDefinition> find(Scope scope, String reference) {
        return kept(scope, reference).map(Kept::shape);
    }

    /// The tags of the task definition, which tasks and services may inherit; none if it is gone.
    public List<Tag> tagsOf(Scope scope, String reference) {
        return kept(scope, reference).map(Kept::tags).orElse(List.of());
    }

    @Override
    public String type() {
        return Revision.TYPE;
    }

    @Override
    public List<Tag> tags(Scope scope, Arn arn) {
        return tagged(scope, arn).tags();
    }

    @Override
    public void replaceTags(Scope scope, Arn arn, List<Tag> tags) {
        put(scope, new Kept(tagged(scope, arn).shape(), tags));
    }

    Optional<Kept> kept(Scope scope, String reference) {
        return kept(scope, Revision.read(scope, reference));
    }

    Optional<Kept> kept(Scope scope, Revision revision) {
        if (!revision.isFamilyAlone()) {
            return definitions.find(scope, revision.key());
        }
        return families.find(scope, revision.family())
                .filter(Family::isActive)
                .flatMap(family -> definitions.find(scope, new Revision(family.name(), family.latestActive()).key()));
    }

    List<Kept> all(Scope scope) {
        return definitions.all(scope);
    }

    List<Kept> ofFamily(Scope scope, String family) {
        return definitions.startingWith(scope, Revision.prefix(family));
    }

    List<Family> families(Scope scope, String prefix) {
        return families.startingWith(scope, prefix);
    }

    /// The next revision of the family, which is the caller's to fill.
    Revision next(Scope scope, String name) {
        var family = families.find(scope, name).orElse(Family.named(name)).registered();
        families.put(scope, name, family);
        return new Revision(name, family.last());
    }

    void put(Scope scope, Kept kept) {
        definitions.put(scope, revision(kept.shape()).key(), kept);
    }

    void deregister(Scope scope, Kept inactive) {
        put(scope, inactive);
        var name = inactive.shape().family();
        families.update(scope, name, family -> family.deregistered(latestActive(scope, family)));
    }

    void startDeleting(Scope scope, Kept deleting) {
        put(scope, deleting);
        families.update(scope, deleting.shape().family(), Family::deletionStarted);
        checkLater(scope, revision(deleting.shape()));
    }

    private int latestActive(Scope scope, Family family) {
        for (var number = family.latestActive(); number > 0; number--) {
            var kept = definitions.find(scope, new Revision(family.name(), number).key());
            if (kept.filter(k -> k.shape().status() == TaskDefinitionStatus.ACTIVE)
                    .isPresent()) {
                return number;
            }
        }
        return 0;
    }

    private void checkLater(Scope scope, Revision revision) {
        timers.after(DELETION_CHECK, () -> tables.write(() -> removeUnlessUsed(scope, revision)));
    }

    private void removeUnlessUsed(Scope scope, Revision revision) {
        var deleting = definitions
                .find(scope, revision.key())
                .filter(kept -> kept.shape().status() == TaskDefinitionStatus.DELETE_IN_PROGRESS);
        if (deleting.isEmpty()) {
            return;
        }
        var arn = deleting.get().shape().taskDefinitionArn();
        if (uses.stream().anyMatch(use -> use.uses(scope, arn))) {
            checkLater(scope, revision);
            return;
        }
        definitions.remove(scope, revision.key());
        families.update(scope, revision.family(), Family::deleted);
    }

    private Kept tagged(Scope scope, Arn arn) {
        return kept(scope, arn.toString()).orElseThrow(Errors::taskDefinitionDoesNotExist);
    }

    private static Revision revision(TaskDefinition shape) {
        return new Revision(shape.family(), shape.revision());
    }
}

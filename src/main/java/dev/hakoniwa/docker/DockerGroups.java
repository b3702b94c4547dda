package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.Groups;
import dev.hakoniwa.runtime.Labels;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Groups as parents of the containers' control groups. Docker only joins them: their limits are set on the machine
/// itself, where this is the daemon's own and lets us.
///
/// A control group has a name and nothing else to tell whose it is, so the name holds the labels.
final class DockerGroups implements Groups {
    private static final System.Logger LOG = System.getLogger(DockerGroups.class.getName());
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String OURS = "hakoniwa-";
    private static final Pattern ID = Pattern.compile("/?hakoniwa-(\\d*)-(.*)-[0-9A-Za-z]+(\\.slice)?");

    private final Daemon daemon;
    private @Nullable ControlGroups known;

    DockerGroups(Daemon daemon) {
        this.daemon = daemon;
    }

    @Override
    public Optional<String> create(String name, Share share, Map<String, String> labels) {
        var port = labels.getOrDefault(Labels.PORT, "");
        return controlGroups().create(OURS + port + "-" + labels.get(Labels.INSTANCE) + "-" + name, share);
    }

    @Override
    public void remove(String id) {
        controlGroups().remove(id);
    }

    @Override
    public List<String> list(Map<String, String> labels) {
        return controlGroups().list(OURS).stream()
                .filter(id -> carries(id, labels))
                .toList();
    }

    private static boolean carries(String id, Map<String, String> labels) {
        var matcher = ID.matcher(id);
        return matcher.matches()
                && isWanted(labels.get(Labels.PORT), matcher.group(1))
                && isWanted(labels.get(Labels.INSTANCE), matcher.group(2));
    }

    private static boolean isWanted(@Nullable String wanted, String found) {
        return wanted == null || wanted.isEmpty() || wanted.equals(found);
    }

    private synchronized ControlGroups controlGroups() {
        if (known == null) {
            known = look();
        }
        return known;
    }

    private ControlGroups look() {
        var info = daemon.ask(client -> client.infoCmd().exec());
        var here = daemon.isLocal()
                && machine().equals(info.getName())
                && System.getProperty("os.version").equals(info.getKernelVersion());
        if (!here) {
            return none("Docker runs on another machine than Hakoniwa");
        }
        if ("systemd".equals(info.getCGroupDriver())) {
            return SystemdSlices.usual()
                    .<ControlGroups>map(slices -> slices)
                    .orElseGet(() -> none("Hakoniwa may not change the slices of systemd"));
        }
        return ControlGroupFiles.below(ROOT)
                .<ControlGroups>map(files -> files)
                .orElseGet(() -> none("Hakoniwa may not make control groups in " + ROOT));
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "";
        }
    }

    private static ControlGroups none(String reason) {
        LOG.log(Level.INFO, "CPU and memory of a task hold for each of its containers, not for their sum: {0}", reason);
        return new ControlGroups.None();
    }
}

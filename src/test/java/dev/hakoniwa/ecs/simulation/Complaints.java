package dev.hakoniwa.ecs.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Listens for errors that the emulator logs, as they are faults of its own, and keeps the rest of its log out of
/// sight.
final class Complaints extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.hakoniwa");
    private final List<String> texts = new ArrayList<>();

    Complaints() {
        logger.setLevel(Level.SEVERE);
        logger.addHandler(this);
    }

    List<String> texts() {
        return texts;
    }

    @Override
    public void publish(LogRecord complaint) {
        if (complaint.getLevel().intValue() >= Level.SEVERE.intValue()) {
            texts.add(complaint.getMessage() + " " + complaint.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(null);
    }
}

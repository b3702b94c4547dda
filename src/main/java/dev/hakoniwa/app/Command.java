package dev.hakoniwa.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What the program can be told to do, by the first word of its command line.
enum Command {
    SERVE("runs the emulator until it is told to end; so does no command at all"),
    ENV("prints the variables that AWS tools need to find it: `eval \"$(hakoniwa env)\"`"),
    HEALTH("asks the emulator whether it answers, and tells in one line"),
    CLEAN("removes what emulators that run no more have left on the container engine"),
    RELAY("brings what tasks ask for to an emulator in a container, which runs this by itself");

    private final String meaning;

    Command(String meaning) {
        this.meaning = meaning;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String meaning() {
        return meaning;
    }

    static Optional<Command> of(String word) {
        return Arrays.stream(values())
                .filter(command -> command.word().equals(word))
                .findFirst();
    }
}

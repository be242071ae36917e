package dev.rollcall.cli;

import dev.rollcall.people.UserId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The parser of user ids on the command line. */
final class UserIds {

    private UserIds() {}

    /**
     * Parses the id of a person who may exist.
     *
     * @throws ParameterException if the text is no valid user id
     */
    static UserId existing(String text, CommandSpec spec) {
        return UserId.stored(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "USER_ID must be 1 to 64 letters, digits and . _ - @ :"));
    }
}

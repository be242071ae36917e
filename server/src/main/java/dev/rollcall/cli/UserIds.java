package dev.rollcall.cli;

import dev.rollcall.people.UserId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** User ids on the command line. */
final class UserIds {

    private UserIds() {}

    /**
     * The id of somebody who may exist.
     *
     * @throws ParameterException if the text has the form of none
     */
    static UserId existing(String text, CommandSpec spec) {
        return UserId.stored(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "USER_ID must be 1 to 64 letters, digits and . _ - @ :"));
    }
}

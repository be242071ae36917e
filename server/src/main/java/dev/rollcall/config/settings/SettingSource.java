package dev.rollcall.config.settings;

/** Where the value of a setting comes from; a later one takes precedence. */
public enum SettingSource {
    /** The program. */
    DEFAULT,
    /** The file {@code .env}. */
    ENV_FILE,
    /** The environment. */
    ENVIRONMENT,
    /** An option of the command. */
    COMMAND_LINE
}

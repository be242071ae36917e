package dev.rollcall.config.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The range of a numeric setting, both ends included; the only place of the range in the program. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Between {

    double least();

    double most();
}

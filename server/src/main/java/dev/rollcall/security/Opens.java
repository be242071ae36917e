package dev.rollcall.security;

import dev.rollcall.usecase.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which scope opens a call. A call that doesn't say it is opened by {@link Scope#ADMIN} alone. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Opens {

    Scope[] value();
}

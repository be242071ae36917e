package dev.rollcall.http;

import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a call of the HTTP interface says about itself to the filters; every method of a resource must have it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Call {

    /** Among which requests it is admitted. */
    AdmissionClass admission();

    /** The scopes of which a key must have one; empty for a call that needs no key. */
    Scope[] scopes();

    /** The codes with which it may refuse a request, besides those that every call with its scopes may. */
    Code[] refuses() default {};

    /** Which headers its responses carry. */
    HeaderPolicy headers() default HeaderPolicy.DATA;

    /** The kinds of requests that are admitted up to a number of their own. */
    enum AdmissionClass {
        /** With a picture, which is analysed. */
        PICTURE,
        /** Everything else. */
        ORDINARY,
        /** Of a monitor that asks whether the process is alive: always admitted. */
        PROBE
    }

    /** The sets of security headers. */
    enum HeaderPolicy {
        /** For data: nothing of it may be run, shown in a frame or stored. */
        DATA,
        /** For a page of the service: it runs the service's own scripts and calls nobody else. */
        PAGE
    }
}

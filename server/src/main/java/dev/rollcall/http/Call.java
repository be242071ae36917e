package dev.rollcall.http;

import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The properties of a call of the HTTP interface that the filters need; every method of a resource must have it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Call {

    /** The class of requests that it is admitted with. */
    AdmissionClass admission();

    /** The scopes of which a key must have one; empty for a call that needs no key. */
    Scope[] scopes();

    /** The codes of its refusals, besides those that every call with its scopes has. */
    Code[] refuses() default {};

    /** Most bytes of its body; 0 for a call without a body, or with a picture whose limit is a setting. */
    int maxBodyBytes() default 0;

    /** Which headers its responses carry. */
    HeaderPolicy headers() default HeaderPolicy.DATA;

    /** Whether other machines may make it over plain HTTP where there is HTTPS beside it; such a call has no secret. */
    boolean overPlainHttp() default false;

    /** The classes of requests that have an admission limit of their own. */
    enum AdmissionClass {
        /** Requests with a picture to analyse. */
        PICTURE,
        /** Small frames to judge, several a second of each kiosk, which take no places from pictures. */
        FRAME,
        /** Large files, which are written to the disk while they are received. */
        UPLOAD,
        /** Files of any number of rows, which take a thread for minutes. */
        EXPORT,
        /** Sheets of days and months and trials of shifts, which read some thousand marks and take up to a second. */
        SHEET,
        /** Short requests of kiosks without a body, which don't wait for those of pages and programs. */
        KIOSK,
        /** Marks by PIN, which wait for a hash. */
        PIN,
        /** All other requests. */
        ORDINARY,
        /** Health probes, which are always admitted. */
        PROBE,
        /** Files of the program, which are always admitted: sent in small parts, without a thread. */
        FILE
    }

    /** The sets of security headers. */
    enum HeaderPolicy {
        /** For data: browsers may not run, frame or store it. */
        DATA,
        /** For the page of the documentation, which has inline styles: it may run and call what the service itself serves. */
        PAGE,
        /** For the service's own pages: as strict as they are written; browsers ask each time whether a file has changed. */
        APPLICATION
    }
}

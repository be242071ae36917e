package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;

import dev.rollcall.people.Label;
import dev.rollcall.people.PeopleDirectory.Change;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.UserId;

/** Changes of people, as an administrator makes them. */
record BoundPeople(DatabaseFunctions functions) {

    /** Binds a person to a site. */
    void bind(UserId userId, String site) {
        change(userId, new PersonChange(null, null, null, null, new Label(site)));
    }

    void deactivate(UserId userId) {
        change(userId, new PersonChange(null, null, null, false, null));
    }

    private void change(UserId userId, PersonChange change) {
        new FunctionPeopleDirectory(functions).change(userId, change, Samples.MODEL, new Change(MORNING, CALLER));
    }
}

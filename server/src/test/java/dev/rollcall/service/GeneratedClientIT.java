package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.client.ApiClient;
import dev.rollcall.client.ApiException;
import dev.rollcall.client.api.AttendanceApi;
import dev.rollcall.client.api.FacesApi;
import dev.rollcall.client.api.KeysApi;
import dev.rollcall.client.api.PeopleApi;
import dev.rollcall.client.model.Code;
import dev.rollcall.client.model.Direction;
import dev.rollcall.client.model.EnrollRequest;
import dev.rollcall.client.model.Enrolled;
import dev.rollcall.client.model.NewApiKey;
import dev.rollcall.client.model.NewKeyRequest;
import dev.rollcall.client.model.PersonList;
import dev.rollcall.client.model.Problem;
import dev.rollcall.client.model.RecognizeRequest;
import dev.rollcall.client.model.Recognized;
import dev.rollcall.client.model.Scope;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client that OpenAPI Generator made of the document, against the service. */
class GeneratedClientIT {

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
    }

    @Test
    void enrolledPerson_isRecognisedAndListedWithTheMark() throws Exception {
        FacesApi faces = new FacesApi(client(RunningService.KEY));

        Enrolled enrolled = faces.enroll(
                new EnrollRequest().userId("geronimo").name("Geronimo").image(picture("geronimo")));
        Recognized recognized =
                faces.recognize(new RecognizeRequest().userId("geronimo").image(picture("geronimo")), "key-1");
        Recognized repeated =
                faces.recognize(new RecognizeRequest().userId("geronimo").image(picture("geronimo")), "key-1");

        assertThat(enrolled.getTemplates()).isEqualTo(1);
        assertThat(recognized.getRecognized()).isTrue();
        assertThat(recognized.getAttendance().getDirection()).isEqualTo(Direction.IN);
        assertThat(repeated.getAttendance().getId())
                .isEqualTo(recognized.getAttendance().getId());
        assertThat(new PeopleApi(client(RunningService.KEY))
                        .listPeople(null, null, null, null, null, null, null, null, null, null, null)
                        .getItems())
                .singleElement()
                .satisfies(person -> assertThat(person.getName()).isEqualTo("Geronimo"));
        assertThat(new AttendanceApi(client(RunningService.KEY))
                        .listAttendance(
                                null,
                                null,
                                recognized.getAttendance().getWorkDate(),
                                null,
                                null,
                                null,
                                10,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                "geronimo",
                                null)
                        .getItems())
                .singleElement()
                .satisfies(mark -> assertThat(mark.getMarkedAt())
                        .isEqualTo(recognized.getAttendance().getMarkedAt()));
    }

    private static PersonList listOne(PeopleApi people) throws ApiException {
        return people.listPeople(null, null, null, 1, null, null, null, null, null, null, null);
    }

    @Test
    void madeKey_opensItsCallsUntilItIsRevoked() throws Exception {
        KeysApi keys = new KeysApi(client(RunningService.KEY));
        NewApiKey made = keys.createKey(new NewKeyRequest().name("reader").scopes(List.of(Scope.READ)));
        PeopleApi people = new PeopleApi(client(made.getKey()));
        assertThat(listOne(people)).isNotNull();

        assertThat(keys.revokeKey(made.getId()).getRevokedAt()).isNotNull();

        ApiException refused = catchThrowableOfType(ApiException.class, () -> listOne(people));
        assertThat(refused.getCode()).isEqualTo(401);
        assertThat(problem(refused).getCode()).isEqualTo(Code.UNAUTHORIZED);
    }

    @Test
    void refusal_isAnExceptionWithTheProblem() {
        PeopleApi people = new PeopleApi(client(RunningService.KEY));

        ApiException refused = catchThrowableOfType(ApiException.class, () -> people.readPerson("nobody"));

        assertThat(refused.getCode()).isEqualTo(404);
        assertThat(problem(refused).getCode()).isEqualTo(Code.NOT_ENROLLED);
    }

    private static Problem problem(ApiException refused) {
        try {
            ObjectMapper mapper = ApiClient.createDefaultObjectMapper();
            return mapper.readValue(refused.getResponseBody(), Problem.class);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ApiClient client(String key) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(service.address().toString());
        client.setRequestInterceptor(request -> request.header("X-API-Key", key));
        return client;
    }

    private static String picture(String portrait) throws Exception {
        return RunningService.base64(Pictures.portrait(portrait));
    }
}

package dev.rollcall.http.openapi;

import dev.rollcall.http.api.ListQuery;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.UserId;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The descriptions and schemas of query parameters, which the resources read as texts. */
final class Parameters {

    private Parameters() {}

    static void complete(Components components, Operation operation) {
        List<Parameter> parameters = operation.getParameters();
        if (parameters == null) {
            return;
        }
        for (Parameter parameter : parameters) {
            switch (parameter.getName()) {
                case "limit" ->
                    parameter
                            .description("Most items of the page; " + ListQuery.DEFAULT_LIMIT + " if it is not given")
                            .schema(OASFactory.createSchema()
                                    .addType(SchemaType.INTEGER)
                                    .minimum(BigDecimal.ONE)
                                    .maximum(BigDecimal.valueOf(ListQuery.MAX_LIMIT)));
                case "total" ->
                    parameter
                            .description(
                                    "Whether the list says how many items all its pages have together; false if absent")
                            .schema(OASFactory.createSchema().addType(SchemaType.BOOLEAN));
                case "next" -> parameter.description("The value next of the page before");
                case "user_id" ->
                    parameter
                            .description("A person's id: " + UserId.RULE)
                            .schema(OASFactory.createSchema()
                                    .addType(SchemaType.STRING)
                                    .minLength(1)
                                    .maxLength(UserId.MAX_LENGTH)
                                    .pattern("^" + UserId.CHARACTER + "+$"));
                case "code" -> parameter.schema(EnumSchemas.ref(components, Code.class));
                default -> {}
            }
        }
    }
}

package dev.rollcall.http;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table of all calls of the HTTP interface with their {@link Call} properties, read from the resources. Safe for use by
 * several threads.
 */
public final class RouteTable {

    private static final Pattern MATRIX_PARAMETER = Pattern.compile(";[^/]*");

    /** A parameter whose values have a form, such as {@code {import_id:[0-9a-f]{32}}}. */
    private static final Pattern PARAMETER_WITH_FORM = Pattern.compile("\\{(\\w+) *:[^/]*\\}");

    private final List<Entry> entries;

    private RouteTable(List<Route> routes) {
        this.entries = routes.stream().map(Entry::new).toList();
    }

    /**
     * One call.
     *
     * @param method HTTP's method
     * @param path the path with the names of its parameters, such as {@code /v1/people/{user_id}}
     * @param handler the resource's method
     */
    public record Route(String method, String path, Call call, Method handler) {

        /** The names of its query parameters, those in {@link BeanParam}s included. */
        public SortedSet<String> queryParameters() {
            return names(false);
        }

        /** The names of those of its query parameters that may be empty. */
        public SortedSet<String> parametersThatMayBeEmpty() {
            return names(true);
        }

        private SortedSet<String> names(boolean thatMayBeEmpty) {
            SortedSet<String> names = new TreeSet<>();
            for (Parameter parameter : handler.getParameters()) {
                add(names, parameter, thatMayBeEmpty);
                if (parameter.isAnnotationPresent(BeanParam.class)) {
                    for (Field field : parameter.getType().getDeclaredFields()) {
                        add(names, field, thatMayBeEmpty);
                    }
                }
            }
            return names;
        }

        private static void add(SortedSet<String> names, AnnotatedElement element, boolean thatMayBeEmpty) {
            QueryParam query = element.getAnnotation(QueryParam.class);
            if (query != null && (!thatMayBeEmpty || element.isAnnotationPresent(MayBeEmpty.class))) {
                names.add(query.value());
            }
        }
    }

    /** A call and the segments of its path. */
    private record Entry(Route route, List<Segment> template) {

        Entry(Route route) {
            this(
                    route,
                    segments(written(base(route.handler()), route.handler())).stream()
                            .map(Segment::of)
                            .toList());
        }

        boolean matches(List<String> path) {
            if (template.size() != path.size()) {
                return false;
            }
            for (int i = 0; i < template.size(); i++) {
                if (!template.get(i).matches(path.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A part of a path: a text or, without one, a parameter whose values have a form or, without that, any. */
    private record Segment(@Nullable String text, @Nullable Pattern form) {

        static Segment of(String template) {
            if (!template.startsWith("{")) {
                return new Segment(template, null);
            }
            int form = template.indexOf(':');
            return new Segment(
                    null,
                    form < 0
                            ? null
                            : Pattern.compile(template.substring(form + 1, template.length() - 1)
                                    .strip()));
        }

        boolean matches(String segment) {
            return text != null
                    ? text.equals(segment)
                    : form == null || form.matcher(segment).matches();
        }
    }

    /**
     * Reads the calls of resources.
     *
     * @throws IllegalStateException if a call has no {@link Call}
     */
    public static RouteTable of(List<Class<?>> resources) {
        List<Route> routes = new ArrayList<>();
        for (Class<?> resource : resources) {
            String base = resource.getAnnotation(Path.class).value();
            for (Method method : resource.getDeclaredMethods()) {
                verb(method).ifPresent(verb -> routes.add(route(base, verb, method)));
            }
        }
        return new RouteTable(routes);
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static Route route(String base, String verb, Method method) {
        Call call = method.getAnnotation(Call.class);
        if (call == null) {
            throw new IllegalStateException(method + " has no @Call");
        }
        return new Route(verb, path(base, method), call, method);
    }

    /** The path of a resource's method, with the names of its parameters, without their forms. */
    public static String path(String base, Method method) {
        return PARAMETER_WITH_FORM.matcher(written(base, method)).replaceAll("{$1}");
    }

    private static String base(Method method) {
        return method.getDeclaringClass().getAnnotation(Path.class).value();
    }

    private static String written(String base, Method method) {
        Path own = method.getAnnotation(Path.class);
        return own == null ? base : base + own.value();
    }

    public List<Route> routes() {
        return entries.stream().map(Entry::route).toList();
    }

    /**
     * The call of a request, or empty when there is none. HEAD is the call of GET. As in Quarkus REST, a slash at the end and
     * matrix parameters ({@code ;name=value}) don't change the call.
     *
     * @param path the normalised path
     */
    public Optional<Route> find(String method, String path) {
        String verb = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
        List<String> segments = segments(withoutMatrix(path));
        return entries.stream()
                .filter(entry -> entry.route().method().equals(verb) && entry.matches(segments))
                .map(Entry::route)
                .findFirst();
    }

    /** The methods of the calls of a path, with HEAD and OPTIONS, in the order of the alphabet; empty when there is no call. */
    public SortedSet<String> methods(String path) {
        List<String> segments = segments(withoutMatrix(path));
        SortedSet<String> methods = new TreeSet<>();
        entries.stream()
                .filter(entry -> entry.matches(segments))
                .forEach(entry -> methods.add(entry.route().method()));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        if (!methods.isEmpty()) {
            methods.add(HttpMethod.OPTIONS);
        }
        return methods;
    }

    private static String withoutMatrix(String path) {
        return path.indexOf(';') < 0 ? path : MATRIX_PARAMETER.matcher(path).replaceAll("");
    }

    private static List<String> segments(String path) {
        boolean hasSlashAtEnd = path.length() > 1 && path.endsWith("/");
        return List.of((hasSlashAtEnd ? path.substring(0, path.length() - 1) : path).split("/", -1));
    }
}

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As much of JSON as the protocol needs: a map, a list, a text or a number. */
final class Json {
    private final String source;
    private int i = 0;

    private Json(String source) {
        this.source = source;
    }

    /** Reads a line. */
    static Object parse(String line) {
        return new Json(line).value();
    }

    /** Writes a value; numbers that JSON has not are texts. */
    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            String before = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(before).append(quote((String) entry.getKey())).append(':');
                write(entry.getValue(), out);
                before = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String before = "[";
            for (Object item : list) {
                out.append(before);
                write(item, out);
                before = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            out.append(quote(number.toString())); // "NaN", "Infinity", "-Infinity"
        } else if (value instanceof String text) {
            out.append(quote(text));
        } else {
            out.append(value);
        }
    }

    private static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < ' ') out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        return out.append('"').toString();
    }

    private char peek() {
        if (i == source.length()) throw new IllegalArgumentException("JSON that comes to no end");
        return source.charAt(i);
    }

    /** Whether the next character is this one, which is then behind us. */
    private boolean takes(char c) {
        if (peek() != c) return false;
        i++;
        return true;
    }

    private void expect(char c) {
        if (!takes(c)) throw new IllegalArgumentException("expected " + c + " in JSON, and got " + peek());
    }

    private Object value() {
        switch (peek()) {
            case '{':
                return map();
            case '[':
                return list();
            case '"':
                return text();
            default:
                int from = i;
                while (i < source.length() && "+-.eE0123456789".indexOf(source.charAt(i)) >= 0) i++;
                return Double.valueOf(source.substring(from, i));
        }
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        expect('{');
        if (takes('}')) return map;
        do {
            String name = text();
            expect(':');
            map.put(name, value());
        } while (takes(','));
        expect('}');
        return map;
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        expect('[');
        if (takes(']')) return list;
        do {
            list.add(value());
        } while (takes(','));
        expect(']');
        return list;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        expect('"');
        while (!takes('"')) {
            char c = source.charAt(i++);
            text.append(c == '\\' ? escaped() : c);
        }
        return text.toString();
    }

    private char escaped() {
        char c = peek();
        i++;
        switch (c) {
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                i += 4;
                return (char) Integer.parseInt(source.substring(i - 4, i), 16);
            default:
                return c;
        }
    }
}

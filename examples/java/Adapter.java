import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Speaks the engine protocol: reads one request a line, writes one reply a line.
 * Build: javac -d classes Adapter.java Json.java Value.java
 */
final class Adapter {
    private static final Map<String, BinaryOperator<Value>> OF_TWO = Map.of(
        "add", Value::add, "sub", Value::sub, "mul", Value::mul, "div", Value::div, "pow", Value::pow,
        "max", Value::max, "min", Value::min);
    private static final Map<String, UnaryOperator<Value>> OF_ONE = Map.of(
        "neg", Value::neg, "exp", Value::exp, "log", Value::log, "tanh", Value::tanh, "relu", Value::relu,
        "sigmoid", Value::sigmoid, "sqrt", Value::sqrt, "abs", Value::abs, "sin", Value::sin, "cos", Value::cos);

    private final Map<String, Value> nodes = new HashMap<>();
    private final Map<Object, List<?>> programs = new HashMap<>();

    private static Map<String, Object> about() {
        TreeSet<String> operations = new TreeSet<>(OF_TWO.keySet()); // in the same order each time
        operations.addAll(OF_ONE.keySet());
        operations.add("pow-of-nodes");
        return Map.of(
            "engine", "the example in Java", "protocol", 1, "repeatedBackward", "accumulate", "again", true,
            "operations", new ArrayList<>(operations));
    }

    private Value node(Object name) {
        Value found = nodes.get(name);
        if (found == null) throw new IllegalArgumentException("unknown node '" + name + "'");
        return found;
    }

    /** A number, or one of the texts "NaN", "Infinity", "-Infinity" and "-0". */
    private static double number(Object x) {
        return x instanceof Double number ? number : Double.parseDouble((String) x);
    }

    /** A text is the name of a node or, if there is none, a number such as "NaN". */
    private Value operand(Object x) {
        boolean isNumber = x instanceof Double || List.of("NaN", "Infinity", "-Infinity", "-0").contains(x);
        return isNumber && !nodes.containsKey(x) ? new Value(number(x)) : node(x);
    }

    /** Carries out an instruction, and adds its readings to those before. */
    private void carryOut(Map<?, ?> instruction, List<Object> readings) {
        String what = (String) instruction.get("do");
        String to = (String) instruction.get("to");
        Object named = instruction.get("of");
        List<?> of = named instanceof List<?> list ? list : named == null ? List.of() : List.of(named);
        switch (what) {
            case "describe" -> readings.add(about());
            case "reset" -> nodes.clear();
            case "leaf" -> nodes.put(to, new Value(number(instruction.get("data"))));
            case "backward" -> node(named).backward();
            case "setData" -> node(named).data = number(instruction.get("data"));
            case "zeroGrad" -> of.forEach(name -> node(name).grad = 0);
            case "read" -> of.forEach(name -> readings.add(Map.of("data", node(name).data, "grad", node(name).grad)));
            default -> {
                if (OF_TWO.containsKey(what)) {
                    nodes.put(to, OF_TWO.get(what).apply(operand(of.get(0)), operand(of.get(1))));
                } else if (OF_ONE.containsKey(what)) {
                    nodes.put(to, OF_ONE.get(what).apply(operand(of.get(0))));
                } else {
                    throw new IllegalArgumentException("unknown instruction " + what);
                }
            }
        }
    }

    private Map<String, Object> answer(Map<?, ?> request) {
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("id", ((Double) request.get("id")).longValue());
        List<?> program = request.containsKey("again")
            ? programs.get(request.get("again"))
            : (List<?>) request.get("program");
        if (request.containsKey("keep")) programs.put(request.get("keep"), program);
        List<Object> readings = new ArrayList<>();
        int at = 0;
        try {
            for (; at < program.size(); at++) carryOut((Map<?, ?>) program.get(at), readings);
            reply.put("readings", readings);
        } catch (RuntimeException error) {
            reply.put("error", Map.of("at", at, "message", error.toString()));
        }
        return reply;
    }

    public static void main(String[] args) throws IOException {
        Adapter adapter = new Adapter();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.print(Json.write(adapter.answer((Map<?, ?>) Json.parse(line))) + "\n");
            out.flush();
        }
    }
}

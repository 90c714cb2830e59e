import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A node of a small engine, to be replaced by your own. */
final class Value {
    double data;
    double grad;
    private final Value[] operands;
    /** The local derivative towards each operand. */
    private final double[] derivatives;

    Value(double data) {
        this(data, new Value[0]);
    }

    private Value(double data, Value[] operands, double... derivatives) {
        this.data = data;
        this.operands = operands;
        this.derivatives = derivatives;
    }

    private Value of(double data, double derivative) {
        return new Value(data, new Value[] {this}, derivative);
    }

    private Value with(Value y, double data, double dx, double dy) {
        return new Value(data, new Value[] {this, y}, dx, dy);
    }

    Value add(Value y) {
        return with(y, data + y.data, 1, 1);
    }

    Value sub(Value y) {
        return with(y, data - y.data, 1, -1);
    }

    Value mul(Value y) {
        return with(y, data * y.data, y.data, data);
    }

    Value div(Value y) {
        return with(y, data / y.data, 1 / y.data, -data / y.data / y.data);
    }

    Value pow(Value y) {
        double out = Math.pow(data, y.data);
        double dx = y.data == 0 ? 0 : y.data * Math.pow(data, y.data - 1);
        double dy = data == 0 && y.data > 0 ? 0 : out * Math.log(data);
        return with(y, out, dx, dy);
    }

    Value max(Value y) {
        return data > y.data ? with(y, data, 1, 0) : with(y, y.data, 0, 1);
    }

    Value min(Value y) {
        return data < y.data ? with(y, data, 1, 0) : with(y, y.data, 0, 1);
    }

    Value neg() {
        return of(-data, -1);
    }

    Value exp() {
        double out = Math.exp(data);
        return of(out, out);
    }

    Value log() {
        return of(Math.log(data), 1 / data);
    }

    Value tanh() {
        double out = Math.tanh(data);
        return of(out, 1 - out * out);
    }

    Value relu() {
        return data > 0 ? of(data, 1) : of(0, 0);
    }

    Value sigmoid() {
        double out = 1 / (1 + Math.exp(-data));
        return of(out, out * (1 - out));
    }

    Value sqrt() {
        double out = Math.sqrt(data);
        return of(out, 0.5 / out);
    }

    Value abs() {
        return of(Math.abs(data), Math.signum(data));
    }

    Value sin() {
        return of(Math.sin(data), Math.cos(data));
    }

    Value cos() {
        return of(Math.cos(data), -Math.sin(data));
    }

    /** Adds to the gradients of the leaves; those of the nodes between begin anew with each pass. */
    void backward() {
        List<Value> order = order();
        for (Value node : order) {
            if (node.operands.length > 0) node.grad = 0;
        }
        grad += 1;
        for (int i = order.size() - 1; i >= 0; i--) {
            Value node = order.get(i);
            for (int j = 0; j < node.operands.length; j++) {
                node.operands[j].grad += node.derivatives[j] * node.grad;
            }
        }
    }

    /** A node on the way, and which of its operands is to be looked at next. */
    private static final class Step {
        final Value node;
        int next = 0;

        Step(Value node) {
            this.node = node;
        }
    }

    /** All that the node was made of, operands first. It does without recursion: a graph may be deep. */
    private List<Value> order() {
        List<Value> order = new ArrayList<>();
        Set<Value> seen = new HashSet<>(Set.of(this));
        Deque<Step> path = new ArrayDeque<>(List.of(new Step(this)));
        while (!path.isEmpty()) {
            Step last = path.getLast();
            if (last.next == last.node.operands.length) {
                order.add(path.removeLast().node);
                continue;
            }
            Value operand = last.node.operands[last.next++];
            if (seen.add(operand)) path.addLast(new Step(operand));
        }
        return order;
    }
}

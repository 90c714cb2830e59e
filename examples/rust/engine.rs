//! A small engine, to be replaced by your own: nodes in one vector, each with its operands and local derivatives.

/// A node: the place where it stands.
pub type Node = usize;

#[derive(Default)]
struct Entry {
    data: f64,
    grad: f64,
    /// Each operand, with the local derivative towards it.
    operands: Vec<(Node, f64)>,
}

/// Operands stand before what is made of them: that is an order for the backward pass.
#[derive(Default)]
pub struct Engine {
    entries: Vec<Entry>,
}

impl Engine {
    pub fn leaf(&mut self, data: f64) -> Node {
        self.push(data, Vec::new())
    }

    pub fn data(&self, node: Node) -> f64 {
        self.entries[node].data
    }

    pub fn grad(&self, node: Node) -> f64 {
        self.entries[node].grad
    }

    pub fn set_data(&mut self, node: Node, data: f64) {
        self.entries[node].data = data;
    }

    pub fn zero_grad(&mut self, node: Node) {
        self.entries[node].grad = 0.0;
    }

    /// Applies an operation to one node, or to two.
    pub fn apply(&mut self, name: &str, of: &[Node]) -> Result<Node, String> {
        let x = of.first().map_or(f64::NAN, |&node| self.data(node));
        let y = of.get(1).map_or(f64::NAN, |&node| self.data(node));
        let (data, derivatives) = match name {
            "add" => (x + y, [1.0, 1.0]),
            "sub" => (x - y, [1.0, -1.0]),
            "mul" => (x * y, [y, x]),
            "div" => (x / y, [1.0 / y, -x / y / y]),
            "pow" => {
                let out = x.powf(y);
                let base = if y == 0.0 { 0.0 } else { y * x.powf(y - 1.0) };
                (out, [base, if x == 0.0 && y > 0.0 { 0.0 } else { out * x.ln() }])
            }
            "max" => {
                if x > y {
                    (x, [1.0, 0.0])
                } else {
                    (y, [0.0, 1.0])
                }
            }
            "min" => {
                if x < y {
                    (x, [1.0, 0.0])
                } else {
                    (y, [0.0, 1.0])
                }
            }
            "neg" => (-x, [-1.0, 0.0]),
            "exp" => (x.exp(), [x.exp(), 0.0]),
            "log" => (x.ln(), [1.0 / x, 0.0]),
            "tanh" => (x.tanh(), [1.0 - x.tanh() * x.tanh(), 0.0]),
            "relu" => {
                if x > 0.0 {
                    (x, [1.0, 0.0])
                } else {
                    (0.0, [0.0, 0.0])
                }
            }
            "sigmoid" => {
                let out = 1.0 / (1.0 + (-x).exp());
                (out, [out * (1.0 - out), 0.0])
            }
            "sqrt" => (x.sqrt(), [0.5 / x.sqrt(), 0.0]),
            "abs" => (x.abs(), [x.signum(), 0.0]),
            "sin" => (x.sin(), [x.cos(), 0.0]),
            "cos" => (x.cos(), [-x.sin(), 0.0]),
            _ => return Err(format!("unknown instruction {name}")),
        };
        Ok(self.push(data, of.iter().copied().zip(derivatives).collect()))
    }

    /// Adds to the gradients of the leaves; those of the nodes between begin anew with each pass.
    pub fn backward(&mut self, output: Node) {
        let mut reached = vec![false; output + 1];
        reached[output] = true;
        for node in (0..=output).rev() {
            let entry = &mut self.entries[node];
            if !reached[node] || entry.operands.is_empty() {
                continue;
            }
            entry.grad = 0.0;
            for &(operand, _) in &entry.operands {
                reached[operand] = true;
            }
        }
        self.entries[output].grad += 1.0;
        for node in (0..=output).rev().filter(|&node| reached[node]) {
            let (before, rest) = self.entries.split_at_mut(node);
            for &(operand, derivative) in &rest[0].operands {
                before[operand].grad += derivative * rest[0].grad;
            }
        }
    }

    fn push(&mut self, data: f64, operands: Vec<(Node, f64)>) -> Node {
        self.entries.push(Entry { data, grad: 0.0, operands });
        self.entries.len() - 1
    }
}

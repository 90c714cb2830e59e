//! Speaks the engine protocol: reads one request a line, writes one reply a line.
//! Build: rustc --edition 2021 -O -o adapter adapter.rs

mod engine;
mod json;

use engine::{Engine, Node};
use json::Json;
use std::collections::HashMap;
use std::io::{stdin, BufRead};

const OPERATIONS: [&str; 17] = [
    "add", "sub", "mul", "div", "pow", "max", "min", "neg", "exp", "log", "tanh", "relu", "sigmoid", "sqrt", "abs",
    "sin", "cos",
];

#[derive(Default)]
struct Adapter {
    engine: Engine,
    names: HashMap<String, Node>,
}

impl Adapter {
    /// Carries out an instruction, and gives its readings.
    fn carry_out(&mut self, instruction: &Json) -> Result<Vec<String>, String> {
        let of = instruction.field("of").map_or(&[] as &[Json], Json::items);
        let mut readings = Vec::new();
        match text(instruction, "do")? {
            "describe" => readings.push(about()),
            "reset" => *self = Adapter::default(),
            "leaf" => {
                let node = self.engine.leaf(data(instruction)?);
                self.name(instruction, node)?;
            }
            "backward" => self.engine.backward(self.node(&of[0])?),
            "setData" => self.engine.set_data(self.node(&of[0])?, data(instruction)?),
            "zeroGrad" => {
                for name in of {
                    self.engine.zero_grad(self.node(name)?);
                }
            }
            "read" => {
                for name in of {
                    let node = self.node(name)?;
                    let [data, grad] = [self.engine.data(node), self.engine.grad(node)].map(json::number);
                    readings.push(format!("{{\"data\":{data},\"grad\":{grad}}}"));
                }
            }
            operation => {
                let operands = of.iter().map(|each| self.operand(each)).collect::<Result<Vec<_>, _>>()?;
                let node = self.engine.apply(operation, &operands)?;
                self.name(instruction, node)?;
            }
        }
        Ok(readings)
    }

    fn name(&mut self, instruction: &Json, node: Node) -> Result<(), String> {
        self.names.insert(text(instruction, "to")?.to_string(), node);
        Ok(())
    }

    fn node(&self, name: &Json) -> Result<Node, String> {
        let name = name.text().ok_or("expected a name")?;
        self.names.get(name).copied().ok_or_else(|| format!("unknown node '{name}'"))
    }

    /// A text is the name of a node or, if there is none, a number such as "NaN".
    fn operand(&mut self, operand: &Json) -> Result<Node, String> {
        match (self.node(operand), operand.number()) {
            (Err(_), Some(number)) => Ok(self.engine.leaf(number)),
            (node, _) => node,
        }
    }
}

fn text<'a>(json: &'a Json, name: &str) -> Result<&'a str, String> {
    json.field(name).and_then(Json::text).ok_or_else(|| format!("no text \"{name}\""))
}

fn data(instruction: &Json) -> Result<f64, String> {
    instruction.field("data").and_then(Json::number).ok_or_else(|| "no number \"data\"".to_string())
}

fn about() -> String {
    let operations = OPERATIONS.map(json::text).join(",");
    format!(
        "{{\"engine\":\"the example in Rust\",\"protocol\":1,\"repeatedBackward\":\"accumulate\",\"again\":true,\
         \"operations\":[{operations},\"pow-of-nodes\"]}}"
    )
}

fn main() {
    let mut adapter = Adapter::default();
    let mut programs: HashMap<String, Json> = HashMap::new();
    for line in stdin().lock().lines().map_while(Result::ok) {
        let request = json::parse(&line).expect("a request in JSON");
        let id = request.field("id").and_then(Json::number).expect("the number of the request");
        let mut at = 0;
        let mut readings = Vec::new();
        let mut carry_out = |program: &Json| {
            for (i, instruction) in program.items().iter().enumerate() {
                at = i;
                readings.extend(adapter.carry_out(instruction)?);
            }
            Ok(())
        };
        let name = request.field("keep").or_else(|| request.field("again")).and_then(Json::text);
        let name = name.unwrap_or_default().to_string();
        let outcome: Result<(), String> = match request {
            Json::Object(mut fields) => match fields.remove("program") {
                Some(program) => {
                    let outcome = carry_out(&program);
                    if fields.contains_key("keep") {
                        programs.insert(name, program);
                    }
                    outcome
                }
                None => programs.get(&name).ok_or(format!("unknown program '{name}'")).and_then(carry_out),
            },
            _ => Err("expected an object".to_string()),
        };
        match outcome {
            Ok(()) => println!("{{\"id\":{id},\"readings\":[{}]}}", readings.join(",")),
            Err(why) => println!("{{\"id\":{id},\"error\":{{\"at\":{at},\"message\":{}}}}}", json::text(&why)),
        }
    }
}

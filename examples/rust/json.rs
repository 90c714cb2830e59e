//! As much of JSON as the protocol needs.

use std::collections::HashMap;
use std::iter::Peekable;
use std::str::Chars;

pub enum Json {
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(HashMap<String, Json>),
}

impl Json {
    pub fn field(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(fields) => fields.get(name),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What stands in a list; anything else is a list of itself.
    pub fn items(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            item => std::slice::from_ref(item),
        }
    }

    /// A number, or one of the texts "NaN", "Infinity", "-Infinity" and "-0".
    pub fn number(&self) -> Option<f64> {
        match self {
            Json::Number(number) => Some(*number),
            Json::Text(text) if text == "NaN" || text == "-0" || text.ends_with("Infinity") => text.parse().ok(),
            _ => None,
        }
    }
}

/// Writes a number: one that JSON has not, as a text.
pub fn number(x: f64) -> String {
    if x.is_finite() {
        format!("{x:?}") // the shortest that reads back as the same number
    } else if x.is_nan() {
        "\"NaN\"".to_string()
    } else {
        format!("\"{}Infinity\"", if x < 0.0 { "-" } else { "" })
    }
}

/// Writes a text.
pub fn text(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{:04x}", c as u32),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

/// Reads a line.
pub fn parse(line: &str) -> Result<Json, String> {
    value(&mut line.chars().peekable()).ok_or_else(|| "expected JSON".to_string())
}

fn value(from: &mut Peekable<Chars>) -> Option<Json> {
    match from.peek()? {
        '{' => {
            let mut fields = HashMap::new();
            list(from, '}', |from| {
                let name = string(from)?;
                expect(from, ':')?;
                fields.insert(name, value(from)?);
                Some(())
            })?;
            Some(Json::Object(fields))
        }
        '[' => {
            let mut items = Vec::new();
            list(from, ']', |from| {
                items.push(value(from)?);
                Some(())
            })?;
            Some(Json::List(items))
        }
        '"' => string(from).map(Json::Text),
        _ => {
            let mut digits = String::new();
            while let Some(c) = from.next_if(|c| "+-.eE".contains(*c) || c.is_ascii_digit()) {
                digits.push(c);
            }
            digits.parse().ok().map(Json::Number)
        }
    }
}

/// Reads what stands between brackets, with commas between.
fn list(from: &mut Peekable<Chars>, end: char, mut item: impl FnMut(&mut Peekable<Chars>) -> Option<()>) -> Option<()> {
    from.next();
    if from.next_if_eq(&end).is_some() {
        return Some(());
    }
    loop {
        item(from)?;
        if from.next_if_eq(&',').is_none() {
            return expect(from, end);
        }
    }
}

fn expect(from: &mut Peekable<Chars>, c: char) -> Option<()> {
    from.next_if_eq(&c).map(|_| ())
}

fn string(from: &mut Peekable<Chars>) -> Option<String> {
    expect(from, '"')?;
    let mut units = Vec::new(); // of UTF-16, of which \u gives one at a time
    loop {
        let c = match from.next()? {
            '"' => return Some(String::from_utf16_lossy(&units)),
            '\\' => match from.next()? {
                'u' => {
                    let digits: String = from.by_ref().take(4).collect();
                    units.push(u16::from_str_radix(&digits, 16).ok()?);
                    continue;
                }
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                c => c,
            },
            c => c,
        };
        units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
    }
}

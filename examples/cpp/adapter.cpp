// Speaks the engine protocol: reads one request a line, writes one reply a line. Build: c++ -O2 -o adapter adapter.cpp
#include <cstdio>
#include <cstring>
#include <iostream>
#include <map>
#include <unordered_map>
#include "engine.hpp"

// As much of JSON as a request has: objects, arrays, texts and numbers.
struct Json {
  std::string text;  // of a text, or the digits of a number
  bool isText = false;
  std::vector<Json> items;
  std::map<std::string, Json> fields;

  const Json& at(const std::string& name) const {
    const auto found = fields.find(name);
    if (found == fields.end()) throw std::runtime_error("no field " + name);
    return found->second;
  }
  double number() const { return std::strtod(text.c_str(), nullptr); }  // reads "NaN" and "-Infinity" as well
};

struct Parser {
  const std::string& source;
  std::size_t i = 0;

  char peek() const { return i < source.size() ? source[i] : '\0'; }

  Json value() {
    Json json;
    if (peek() == '{') {
      while (source[i++] != '}' && peek() != '}') {
        const std::string name = string();
        i++;  // the colon
        json.fields[name] = value();
      }
      if (json.fields.empty()) i++;
    } else if (peek() == '[') {
      i++;
      while (peek() != ']') {
        json.items.push_back(value());
        if (peek() == ',') i++;
      }
      i++;
    } else if (peek() == '"') {
      json.isText = true;
      json.text = string();
    } else {
      while (peek() != '\0' && std::strchr("+-.0123456789eE", peek()) != nullptr) json.text += source[i++];
      if (json.text.empty()) throw std::runtime_error("expected JSON");
    }
    return json;
  }

  std::string string() {
    std::string text;
    for (i++; peek() != '"'; i++) {
      if (peek() == '\0') throw std::runtime_error("a text without an end");
      text += peek() == '\\' ? source[++i] : source[i];
    }
    i++;
    return text;
  }
};

std::string number(double x) {
  if (std::isnan(x)) return "\"NaN\"";
  if (std::isinf(x)) return x > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", x);
  return text;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// A name, and the place of its node: below 0 while there is none.
using Name = std::pair<const std::string, long>;

// An operand: a name, or a number.
struct Operand {
  Name* name;
  double number;
};

// An instruction, in which no name need be looked up any more: it may be repeated many times.
struct Step {
  std::string what;
  Name* to;
  std::vector<Operand> of;
  double data;
};

struct Adapter {
  Engine engine;
  std::unordered_map<std::string, long> names;
  std::map<std::string, std::vector<Step>> programs;

  Name* name(const std::string& text) { return &*names.emplace(text, -1).first; }

  Operand operand(const Json& json) { return json.isText ? Operand{name(json.text), 0} : Operand{nullptr, json.number()}; }

  std::vector<Step> understand(const Json& program) {
    std::vector<Step> steps;
    for (const Json& each : program.items) {
      Step step{each.at("do").text, nullptr, {}, 0};
      if (each.fields.count("to")) step.to = name(each.at("to").text);
      if (each.fields.count("data")) step.data = each.at("data").number();
      if (each.fields.count("of")) {
        const Json& of = each.at("of");
        if (of.isText) step.of.push_back(operand(of));
        for (const Json& item : of.items) step.of.push_back(operand(item));
      }
      steps.push_back(step);
    }
    return steps;
  }

  Node& node(const Operand& operand) {
    if (operand.name->second < 0) throw std::runtime_error("unknown node " + operand.name->first);
    return engine.nodes[operand.name->second];
  }

  // A text is the name of a node or, if there is none, a number such as "NaN".
  long place(const Operand& operand) {
    if (operand.name == nullptr) return engine.leaf(operand.number);
    return operand.name->second < 0 ? engine.leaf(std::stod(operand.name->first)) : operand.name->second;
  }

  // Gives the readings, each after a comma.
  std::string carryOut(const Step& step) {
    const std::string& what = step.what;
    std::string readings;
    if (step.to != nullptr && !step.of.empty()) {
      const long x = place(step.of[0]), y = step.of.size() > 1 ? place(step.of[1]) : -1;
      step.to->second = engine.apply(what, x, y);
    } else if (what == "describe") {
      return R"(,{"engine":"the example in C++","protocol":1,"repeatedBackward":"accumulate","again":true,"operations":)"
             R"(["add","sub","mul","div","pow","neg","exp","log","tanh","relu","sigmoid","sqrt","abs","sin","cos","max",)"
             R"("min","pow-of-nodes"]})";
    } else if (what == "reset") {
      for (auto& each : names) each.second = -1;
      engine.nodes.clear();
    } else if (what == "leaf") {
      step.to->second = engine.leaf(step.data);
    } else if (what == "backward") {
      engine.backward(&node(step.of[0]) - engine.nodes.data());
    } else if (what == "setData") {
      node(step.of[0]).data = step.data;
    } else if (what == "zeroGrad") {
      for (const Operand& each : step.of) node(each).grad = 0;
    } else if (what == "read") {
      for (const Operand& each : step.of) {
        readings += ",{\"data\":" + number(node(each).data) + ",\"grad\":" + number(node(each).grad) + "}";
      }
    } else {
      throw std::runtime_error("unknown instruction " + what);
    }
    return readings;
  }
};

int main() {
  std::ios::sync_with_stdio(false);  // reads lines of megabytes at once, and not a character at a time
  Adapter adapter;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::string id = "0", readings;
    std::size_t at = 0;
    try {
      Parser parser{line};
      const Json request = parser.value();
      id = request.at("id").text;
      const bool isAgain = request.fields.count("again"), isKept = request.fields.count("keep");
      std::vector<Step> told;
      if (!isAgain) told = adapter.understand(request.at("program"));
      if (isKept) adapter.programs[request.at("keep").text] = told;
      const std::vector<Step>& steps = isAgain ? adapter.programs.at(request.at("again").text) : told;
      for (; at < steps.size(); at++) readings += adapter.carryOut(steps[at]);
      std::cout << "{\"id\":" << id << ",\"readings\":[" << (readings.empty() ? "" : readings.substr(1)) << "]}" << std::endl;
    } catch (const std::exception& error) {
      std::cout << "{\"id\":" << id << ",\"error\":{\"at\":" << at << ",\"message\":" << quoted(error.what()) << "}}" << std::endl;
    }
  }
}

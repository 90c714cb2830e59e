// Speaks the engine protocol: reads one request a line, writes one reply a line. Build: c++ -O2 -o adapter adapter.cpp
#include <cstdio>
#include <iostream>
#include <map>
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
  double number() const { return std::stod(text); }  // reads "NaN" and "-Infinity" as well
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
      while (std::string("+-.0123456789eE").find(peek()) != std::string::npos && peek() != '\0') json.text += source[i++];
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

int main() {
  Engine engine;
  std::map<std::string, long> names;
  const auto find = [&](const std::string& name) {
    const auto found = names.find(name);
    if (found == names.end()) throw std::runtime_error("unknown node " + name);
    return found->second;
  };
  const auto operand = [&](const Json& json) {
    return json.isText && names.count(json.text) ? names[json.text] : engine.leaf(json.number());
  };
  std::string line;
  while (std::getline(std::cin, line)) {
    std::string id = "0", readings;
    std::size_t at = 0;
    try {
      Parser parser{line};
      const Json request = parser.value();
      id = request.at("id").text;
      for (const Json& each : request.at("program").items) {
        const std::string& what = each.at("do").text;
        if (what == "describe") {
          readings += R"(,{"engine":"the example in C++","protocol":1,"repeatedBackward":"accumulate","operations":)"
                      R"(["add","sub","mul","div","pow","neg","exp","log","tanh","relu","sigmoid","sqrt","abs","sin","cos","max",)"
                      R"("min","pow-of-nodes"]})";
        } else if (what == "reset") {
          names.clear();
          engine.nodes.clear();
        } else if (what == "leaf") {
          names[each.at("to").text] = engine.leaf(each.at("data").number());
        } else if (what == "backward") {
          engine.backward(find(each.at("of").text));
        } else if (what == "setData") {
          engine.nodes[find(each.at("of").text)].data = each.at("data").number();
        } else if (what == "zeroGrad") {
          for (const Json& name : each.at("of").items) engine.nodes[find(name.text)].grad = 0;
        } else if (what == "read") {
          for (const Json& name : each.at("of").items) {
            const Node& node = engine.nodes[find(name.text)];
            readings += ",{\"data\":" + number(node.data) + ",\"grad\":" + number(node.grad) + "}";
          }
        } else {
          const auto& of = each.at("of").items;
          const long x = operand(of.at(0)), y = of.size() > 1 ? operand(of.at(1)) : -1;
          names[each.at("to").text] = engine.apply(what, x, y);
        }
        at++;
      }
      std::cout << "{\"id\":" << id << ",\"readings\":[" << (readings.empty() ? "" : readings.substr(1)) << "]}" << std::endl;
    } catch (const std::exception& error) {
      std::cout << "{\"id\":" << id << ",\"error\":{\"at\":" << at << ",\"message\":\"" << error.what() << "\"}}" << std::endl;
    }
  }
}

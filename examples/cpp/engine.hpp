// A small engine, to be replaced by your own: nodes in one vector, each with its operands and local derivatives.
#pragma once
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

struct Node {
  double data, grad = 0;
  long a = -1, b = -1;      // operands: places of earlier nodes, or -1
  double da = 0, db = 0;    // local derivatives
};

struct Engine {
  std::vector<Node> nodes;  // operands come before what is made of them: an order for the backward pass

  long leaf(double data) { return push({data}); }

  long apply(const std::string& name, long a, long b) {
    const double x = nodes[a].data, y = b < 0 ? 0 : nodes[b].data;
    if (name == "add") return push({x + y, 0, a, b, 1, 1});
    if (name == "sub") return push({x - y, 0, a, b, 1, -1});
    if (name == "mul") return push({x * y, 0, a, b, y, x});
    if (name == "div") return push({x / y, 0, a, b, 1 / y, -x / y / y});
    if (name == "pow") {
      const double out = std::pow(x, y);
      return push({out, 0, a, b, y == 0 ? 0 : y * std::pow(x, y - 1), x == 0 && y > 0 ? 0 : out * std::log(x)});
    }
    if (name == "neg") return push({-x, 0, a, -1, -1});
    if (name == "exp") return push({std::exp(x), 0, a, -1, std::exp(x)});
    if (name == "log") return push({std::log(x), 0, a, -1, 1 / x});
    if (name == "tanh") return push({std::tanh(x), 0, a, -1, 1 - std::tanh(x) * std::tanh(x)});
    if (name == "relu") return push({x > 0 ? x : 0, 0, a, -1, x > 0 ? 1.0 : 0.0});
    if (name == "sigmoid") {
      const double out = 1 / (1 + std::exp(-x));
      return push({out, 0, a, -1, out * (1 - out)});
    }
    if (name == "sqrt") return push({std::sqrt(x), 0, a, -1, 0.5 / std::sqrt(x)});
    if (name == "abs") return push({std::abs(x), 0, a, -1, x > 0 ? 1.0 : -1.0});
    if (name == "sin") return push({std::sin(x), 0, a, -1, std::cos(x)});
    if (name == "cos") return push({std::cos(x), 0, a, -1, -std::sin(x)});
    if (name == "max") return push({x > y ? x : y, 0, a, b, x > y ? 1.0 : 0.0, x > y ? 0.0 : 1.0});
    if (name == "min") return push({x < y ? x : y, 0, a, b, x < y ? 1.0 : 0.0, x < y ? 0.0 : 1.0});
    throw std::runtime_error("unknown instruction " + name);
  }

  void backward(long output) {
    std::vector<bool> reached(nodes.size());
    reached[output] = true;
    for (long i = output; i >= 0; i--) {
      if (!reached[i] || nodes[i].a < 0) continue;
      nodes[i].grad = 0;
      reached[nodes[i].a] = true;
      if (nodes[i].b >= 0) reached[nodes[i].b] = true;
    }
    nodes[output].grad += 1;
    for (long i = output; i >= 0; i--) {
      const Node& node = nodes[i];
      if (!reached[i] || node.a < 0) continue;
      nodes[node.a].grad += node.da * node.grad;
      if (node.b >= 0) nodes[node.b].grad += node.db * node.grad;
    }
  }

 private:
  long push(Node node) {
    nodes.push_back(node);
    return static_cast<long>(nodes.size()) - 1;
  }
};

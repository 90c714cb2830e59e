// Trains the two moons on the engine of the example, with nothing in between: direct STEPS < NUMBERS. The numbers are those
// of numbers.ts. The last line says what came, as JSON.
#include <chrono>
#include <cstdio>
#include <iostream>
#include <sstream>
#include "../../examples/cpp/engine.hpp"

static std::vector<double> line() {
  std::string text;
  std::getline(std::cin, text);
  std::istringstream numbers{text};
  std::vector<double> all;
  for (double x; numbers >> x;) all.push_back(x);
  return all;
}

struct Training {
  Engine engine;
  std::vector<double> shape = line(), weights = line(), points = line();
  std::vector<long> parameters;

  Training() {
    for (const double weight : weights) parameters.push_back(engine.leaf(weight));
  }

  long of(const char* name, long a, long b = -1) { return engine.apply(name, a, b); }

  long network(std::vector<long> x) {
    std::size_t at = 0;
    for (std::size_t i = 1; i < shape.size(); i++) {
      std::vector<long> out;
      for (int k = 0; k < shape[i]; k++) {
        const std::size_t bias = at + x.size();
        long sum = parameters[bias];
        for (const long each : x) sum = of("add", sum, of("mul", parameters[at++], each));
        at++;
        out.push_back(i + 1 < shape.size() ? of("relu", sum) : sum);
      }
      x = out;
    }
    return x[0];
  }

  long loss() {
    long shortfall = engine.leaf(0), squares = engine.leaf(0);
    for (std::size_t i = 0; i < points.size(); i += 3) {
      const long score = network({engine.leaf(points[i]), engine.leaf(points[i + 1])});
      const long missing = of("sub", engine.leaf(1), of("mul", engine.leaf(points[i + 2]), score));
      shortfall = of("add", shortfall, of("div", of("relu", missing), engine.leaf(100)));
    }
    for (const long parameter : parameters) squares = of("add", squares, of("pow", parameter, engine.leaf(2)));
    return of("add", shortfall, of("mul", engine.leaf(0.0001), squares));
  }

  void step() {
    const long output = loss();
    for (const long parameter : parameters) engine.nodes[parameter].grad = 0;
    engine.backward(output);
    for (const long parameter : parameters) engine.nodes[parameter].data -= 0.1 * engine.nodes[parameter].grad;
  }
};

int main(int, char** arguments) {
  Training training;
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < std::stoi(arguments[1]); i++) training.step();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - began;
  std::printf("{\"seconds\": %.9g, \"loss\": %.17g}\n", taken.count(), training.engine.nodes[training.loss()].data);
}

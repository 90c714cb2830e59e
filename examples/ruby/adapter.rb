# frozen_string_literal: true

# Speaks the engine protocol: reads one request a line, writes one reply a line.

require 'json'
require_relative 'engine'

SIGNS = { 'add' => :+, 'sub' => :-, 'mul' => :*, 'div' => :/, 'pow' => :**, 'neg' => :-@ }.freeze
NAMED = %w[max min exp log tanh relu sigmoid sqrt abs sin cos].to_h { |name| [name, name.to_sym] }
OPERATIONS = SIGNS.merge(NAMED).freeze
ABOUT = { engine: 'the example in Ruby', protocol: 1, repeatedBackward: 'accumulate', again: true,
          operations: [*OPERATIONS.keys, 'pow-of-nodes'] }.freeze
# JSON has none of these.
NUMBERS = { 'NaN' => Float::NAN, 'Infinity' => Float::INFINITY, '-Infinity' => -Float::INFINITY, '-0' => -0.0 }.freeze

# Keeps the nodes under their names, and carries out what is asked of them.
class Adapter
  def initialize
    @nodes = {}
    @programs = {}
  end

  def answer(request)
    at = 0
    program = request.key?('again') ? @programs.fetch(request['again']) : request['program']
    @programs[request['keep']] = program if request.key?('keep')
    readings = program.each_with_index.flat_map do |instruction, i|
      at = i
      carry_out(instruction)
    end
    { id: request['id'], readings: readings }
  rescue StandardError => e
    { id: request['id'], error: { at: at, message: e.message } }
  end

  private

  # Gives the readings.
  def carry_out(instruction)
    to, of, data = instruction.values_at('to', 'of', 'data')
    case what = instruction['do']
    when 'describe' then return [ABOUT]
    when 'reset' then @nodes.clear
    when 'leaf' then @nodes[to] = Value.new(NUMBERS.fetch(data, data))
    when 'backward' then node(of).backward
    when 'setData' then node(of).data = NUMBERS.fetch(data, data).to_f
    when 'zeroGrad' then of.each { |name| node(name).grad = 0.0 }
    when 'read' then return of.map { |name| { data: written(node(name).data), grad: written(node(name).grad) } }
    else @nodes[to] = apply(OPERATIONS.fetch(what), of)
    end
    []
  end

  def apply(operation, of)
    x, *others = of.map { |each| operand(each) }
    x = Value.of(x) unless x.respond_to?(operation) # a number has no max
    x.public_send(operation, *others)
  end

  def node(name)
    @nodes.fetch(name) { raise "unknown node '#{name}'" }
  end

  # A text is the name of a node or, if there is none, a number such as "NaN".
  def operand(x)
    x.is_a?(String) ? @nodes[x] || NUMBERS[x] || node(x) : x.to_f
  end

  def written(x)
    x.finite? ? x : x.to_s # "NaN", "Infinity", "-Infinity"
  end
end

$stdout.sync = true
adapter = Adapter.new
$stdin.each_line { |line| puts JSON.generate(adapter.answer(JSON.parse(line))) }

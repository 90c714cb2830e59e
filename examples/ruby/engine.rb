# frozen_string_literal: true

# A small engine in the shape of micrograd, to be replaced by your own.
class Value
  attr_accessor :data, :grad
  attr_reader :operands, :derivatives

  # What is not a Value yet becomes a leaf.
  def self.of(x)
    x.is_a?(Value) ? x : new(x)
  end

  # With a number on the left, Ruby asks for this before it calls the operator.
  def coerce(other)
    [Value.of(other), self]
  end

  def initialize(data, operands = [], derivatives = [])
    @data = data.to_f
    @grad = 0.0
    @operands = operands
    @derivatives = derivatives
  end

  def +(other)
    with(other) { |x, y| [x + y, 1.0, 1.0] }
  end

  def -(other)
    with(other) { |x, y| [x - y, 1.0, -1.0] }
  end

  def *(other)
    with(other) { |x, y| [x * y, y, x] }
  end

  def /(other)
    with(other) { |x, y| [x / y, 1 / y, -x / y / y] }
  end

  def **(other)
    with(other) do |x, y|
      out = power(x, y)
      [out, y.zero? ? 0.0 : y * power(x, y - 1), x.positive? ? out * Math.log(x) : 0.0]
    end
  end

  def max(other)
    with(other) { |x, y| x > y ? [x, 1.0, 0.0] : [y, 0.0, 1.0] }
  end

  def min(other)
    with(other) { |x, y| x < y ? [x, 1.0, 0.0] : [y, 0.0, 1.0] }
  end

  def -@
    made(-data, -1.0)
  end

  def exp
    out = Math.exp(data)
    made(out, out)
  end

  def log
    made(Math.log(data), 1 / data)
  end

  def tanh
    out = Math.tanh(data)
    made(out, 1 - out * out)
  end

  def relu
    data.positive? ? made(data, 1.0) : made(0.0, 0.0)
  end

  def sigmoid
    out = 1 / (1 + Math.exp(-data))
    made(out, out * (1 - out))
  end

  def sqrt
    out = Math.sqrt(data)
    made(out, 0.5 / out)
  end

  def abs
    made(data.abs, data.positive? ? 1.0 : -1.0)
  end

  def sin
    made(Math.sin(data), Math.cos(data))
  end

  def cos
    made(Math.cos(data), -Math.sin(data))
  end

  # Adds to the gradients of the leaves; those of the nodes between begin anew with each pass.
  def backward
    nodes = order
    nodes.each { |node| node.grad = 0.0 unless node.operands.empty? }
    @grad += 1.0
    nodes.reverse_each do |node|
      node.operands.zip(node.derivatives) { |operand, derivative| operand.grad += derivative * node.grad }
    end
  end

  private

  def made(data, derivative)
    Value.new(data, [self], [derivative])
  end

  def with(other)
    other = Value.of(other)
    data, *derivatives = yield self.data, other.data
    Value.new(data, [self, other], derivatives)
  end

  # Of a negative base, Ruby gives a complex number.
  def power(x, y)
    out = x**y
    out.is_a?(Complex) ? Float::NAN : out
  end

  # All that the node was made of, operands first. It does without recursion: a graph may be deep.
  def order
    order = []
    seen = { self => true }.compare_by_identity
    path = [[self, 0]]
    until path.empty?
      node, following = path.last
      if following == node.operands.size
        order << path.pop.first
      else
        path.last[1] += 1
        operand = node.operands[following]
        path << [operand, 0] unless seen.key?(operand)
        seen[operand] = true
      end
    end
    order
  end
end

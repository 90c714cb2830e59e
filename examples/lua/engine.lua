-- A small engine in the shape of micrograd, to be replaced by your own.

local Value = {}
Value.__index = Value

local function is_value(x)
  return getmetatable(x) == Value
end

function Value.new(data, operands, derivatives)
  return setmetatable(
    { data = data * 1.0, grad = 0.0, operands = operands or {}, derivatives = derivatives or {} }, -- never an integer
    Value
  )
end

-- What is not a Value yet becomes a leaf.
function Value.of(x)
  return is_value(x) and x or Value.new(x)
end

-- An operation on one operand, from a function that gives its result and its local derivative.
local function of_one(rule)
  return function(x)
    local data, derivative = rule(x.data)
    return Value.new(data, { x }, { derivative })
  end
end

-- The same for two operands, either of which may be a number.
local function of_two(rule)
  return function(x, y)
    x, y = Value.of(x), Value.of(y)
    local data, dx, dy = rule(x.data, y.data)
    return Value.new(data, { x, y }, { dx, dy })
  end
end

-- Lua has no tanh any more. Near 0, where the exponentials lose digits, it is a continued fraction.
local function tanh(x)
  if math.abs(x) < 0.5 then
    local below = 21.0
    for odd = 19, 1, -2 do below = odd + x * x / below end
    return x / below
  end
  local e = math.exp(-2 * math.abs(x))
  local out = (1 - e) / (1 + e)
  return x < 0 and -out or out
end

Value.__add = of_two(function(x, y) return x + y, 1, 1 end)
Value.__sub = of_two(function(x, y) return x - y, 1, -1 end)
Value.__mul = of_two(function(x, y) return x * y, y, x end)
Value.__div = of_two(function(x, y) return x / y, 1 / y, -x / y / y end)
Value.__pow = of_two(function(x, y)
  local out = x ^ y
  return out, y == 0 and 0 or y * x ^ (y - 1), x > 0 and out * math.log(x) or 0
end)
Value.__unm = of_one(function(x) return -x, -1 end)

Value.max = of_two(function(x, y)
  if x > y then return x, 1, 0 end
  return y, 0, 1
end)
Value.min = of_two(function(x, y)
  if x < y then return x, 1, 0 end
  return y, 0, 1
end)
Value.exp = of_one(function(x) return math.exp(x), math.exp(x) end)
Value.log = of_one(function(x) return math.log(x), 1 / x end)
Value.tanh = of_one(function(x)
  local out = tanh(x)
  return out, 1 - out * out
end)
Value.relu = of_one(function(x)
  if x > 0 then return x, 1 end
  return 0, 0
end)
Value.sigmoid = of_one(function(x)
  local out = 1 / (1 + math.exp(-x))
  return out, out * (1 - out)
end)
Value.sqrt = of_one(function(x) return math.sqrt(x), 0.5 / math.sqrt(x) end)
Value.abs = of_one(function(x) return math.abs(x), x > 0 and 1 or -1 end)
Value.sin = of_one(function(x) return math.sin(x), math.cos(x) end)
Value.cos = of_one(function(x) return math.cos(x), -math.sin(x) end)

-- All that the node was made of, operands first. It does without recursion: a graph may be deep.
local function order_of(output)
  local order, seen, path = {}, { [output] = true }, { { node = output, next = 1 } }
  while #path > 0 do
    local last = path[#path]
    local operand = last.node.operands[last.next]
    if operand == nil then
      order[#order + 1] = last.node
      path[#path] = nil
    else
      last.next = last.next + 1
      if not seen[operand] then
        seen[operand] = true
        path[#path + 1] = { node = operand, next = 1 }
      end
    end
  end
  return order
end

-- Adds to the gradients of the leaves; those of the nodes between begin anew with each pass.
function Value:backward()
  local order = order_of(self)
  for _, node in ipairs(order) do
    if #node.operands > 0 then node.grad = 0.0 end
  end
  self.grad = self.grad + 1
  for i = #order, 1, -1 do
    local node = order[i]
    for j, operand in ipairs(node.operands) do
      operand.grad = operand.grad + node.derivatives[j] * node.grad
    end
  end
end

return Value
